import type { ComponentType } from 'react';
import { dialogScreens } from './features.tsx';
import { KeptScope } from './kept.ts';
import { type Dialog, useScreen } from './screen.ts';

/** Every open dialog, bottom to top; the ones below stay mounted and keep what was typed. */
export const Dialogs = () => {
  const dialogs = useScreen((screen) => screen.dialogs);
  return dialogs.map(({ id, dialog }) => {
    const Screen = dialogScreens[dialog.kind] as ComponentType<Dialog>;
    return (
      <KeptScope key={id} value={`dialog ${id}`}>
        <Screen {...dialog} />
      </KeptScope>
    );
  });
};
