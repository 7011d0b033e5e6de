import { type ComponentType, useEffect } from 'react';
import { dialogScreens } from './features.tsx';
import { type Dialog, focusedBeforeDialogs, useScreen } from './screen.ts';

/** Every open dialog, bottom to top; the ones below stay mounted and keep what was typed. */
export const Dialogs = () => {
  const dialogs = useScreen((screen) => screen.dialogs);
  useFocusReturn(dialogs.length > 0);
  return dialogs.map(({ id, dialog }) => {
    const Screen = dialogScreens[dialog.kind] as ComponentType<Dialog>;
    return <Screen key={id} {...dialog} />;
  });
};

/**
 * When the last dialog closes, the focus goes back to where it was, or to the place's own stop when that has gone (a
 * slot that was booked is a card now).
 */
const useFocusReturn = (open: boolean): void => {
  useEffect(() => {
    if (!open) return;
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const before = focusedBeforeDialogs();
        if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
        else if (before !== document.body) {
          document.querySelector<HTMLElement>('main [tabindex="0"]')?.focus({ preventScroll: true });
        }
      });
    };
  }, [open]);
};
