import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeDialog, useScreen } from '../app/screen.ts';

/** How many dialogs were open when this one opened, itself included. */
const useDepth = (): number => useState(() => useScreen.getState().dialogs.length)[0];

/**
 * Gives the focus back to what had it, when the dialog goes; or to the place's own stop when that has gone (a slot that
 * was booked is a card now).
 */
const useFocusBack = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (!(before instanceof HTMLElement) || before === document.body) return;
      const back = before.isConnected ? before : document.querySelector<HTMLElement>('main [tabindex="0"]');
      back?.focus({ preventScroll: true });
    },
    [before],
  );
};

/** At once, since Mantine's own trap waits a moment, in which the first letter typed would be lost. */
const focusFirst = (content: HTMLElement | null): void =>
  content?.querySelector<HTMLElement>('[data-autofocus]')?.focus();

/**
 * The window of a dialog of `app/screen.ts`. Esc goes one step back: it closes the top dialog only, and the focus
 * returns to where it was.
 */
export const DialogWindow = ({
  title,
  size = 'md',
  atTop = false,
  children,
}: {
  title: string;
  size?: string | number;
  /** Hangs from the top of the window and shows no title bar, like a search. */
  atTop?: boolean;
  children: ReactNode;
}) => {
  const { t } = useTranslation();
  const depth = useDepth();
  const isTop = useScreen((screen) => screen.dialogs.length === depth);
  useFocusBack();
  return (
    <Modal
      opened
      onClose={closeDialog}
      closeOnEscape={isTop}
      trapFocus={isTop}
      returnFocus={false}
      title={title}
      size={size}
      centered={!atTop}
      yOffset={72}
      {...(atTop ? { styles: { header: visuallyHidden }, padding: 0 } : {})}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div ref={focusFirst}>{children}</div>
    </Modal>
  );
};

/** For a title that stays for screen readers. */
export const visuallyHidden = {
  position: 'absolute',
  width: 1,
  height: 1,
  minHeight: 0,
  padding: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;
