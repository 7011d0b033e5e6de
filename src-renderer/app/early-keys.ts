import { useEffect } from 'react';
import { useScreen } from './screen.ts';

/** A dialog whose first field is not there by then has none. */
const PATIENCE_MS = 1500;

const isTextField = (element: EventTarget | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && /^(text|search|tel|email|url|password|)$/.test(element.type));

const inDialog = (element: Element | null): boolean => Boolean(element?.closest('[role="dialog"]'));

/** Whether a letter would be lost now: nothing of the dialog has the focus yet but at most its frame. */
const wouldBeLost = (): boolean => {
  const focused = document.activeElement;
  return !(focused instanceof HTMLElement) || !inDialog(focused) || focused.tabIndex < 0;
};

/** Puts a text into a field as if it had been typed there. */
const typeInto = (field: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
  const proto = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(proto.prototype, 'value')?.set?.call(field, field.value + text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
};

/**
 * Loses no letter that is typed after the key that opened a dialog and before the dialog's first field has the focus:
 * such letters are held, and go into that field. The frame does this once.
 */
export const useEarlyKeys = (): void => {
  useEffect(() => {
    let held = '';
    let until = 0;
    const opened = useScreen.subscribe(({ dialogs }, { dialogs: before }) => {
      held = '';
      until = dialogs.length > before.length ? performance.now() + PATIENCE_MS : 0;
    });
    const press = (event: KeyboardEvent): void => {
      const isLetter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (performance.now() > until || !isLetter || !wouldBeLost()) return;
      held += event.key;
      event.preventDefault();
      event.stopPropagation();
    };
    const focus = ({ target }: FocusEvent): void => {
      if (performance.now() > until || !isTextField(target) || !inDialog(target)) return;
      until = 0;
      if (held !== '') typeInto(target, held);
      held = '';
    };
    window.addEventListener('keydown', press, true);
    window.addEventListener('focusin', focus);
    return () => {
      opened();
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('focusin', focus);
    };
  }, []);
};
