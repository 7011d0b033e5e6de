import { useEffect } from 'react';
import { useScreen } from './screen.ts';

/** A dialog whose first field is not there by then has none. */
const PATIENCE_MS = 1500;
/** An answer that is later than this is not coming. */
const ANSWER_MS = 10_000;

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

/** Letters that were typed before their field was there, until when they wait for it, and the field that they are not for. */
let held = '';
let until = 0;
let leaving: Element | null = null;

const wait = (ms: number, from: Element | null): void => {
  until = performance.now() + ms;
  leaving = from;
};

/**
 * Enter was pressed in a field, and what it leads to takes a moment: letters that are typed meanwhile are for the field
 * that comes next.
 */
export const holdKeysFrom = (field: Element): void => {
  held = '';
  wait(ANSWER_MS, field);
};

const press = (event: KeyboardEvent): void => {
  const isLetter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isEarly = leaving ? document.activeElement === leaving : wouldBeLost();
  if (performance.now() > until || !isLetter || !isEarly) return;
  held += event.key;
  event.preventDefault();
  event.stopPropagation();
};

const focus = ({ target }: FocusEvent): void => {
  if (performance.now() > until || target === leaving || !isTextField(target) || !inDialog(target)) return;
  wait(0, null);
  if (held !== '') typeInto(target, held);
  held = '';
};

/**
 * Loses no letter that is typed after the key that opened a dialog and before the dialog's first field has the focus:
 * such letters are held, and go into that field. The frame does this once.
 */
export const useEarlyKeys = (): void => {
  useEffect(() => {
    const opened = useScreen.subscribe(({ dialogs }, { dialogs: before }) => {
      if (dialogs.length === before.length) return;
      const isMore = dialogs.length > before.length;
      if (!isMore || !leaving) held = '';
      wait(isMore ? PATIENCE_MS : 0, null);
    });
    window.addEventListener('keydown', press, true);
    window.addEventListener('focusin', focus);
    return () => {
      opened();
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('focusin', focus);
    };
  }, []);
};
