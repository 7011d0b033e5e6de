import { useEffect, useLayoutEffect, useRef } from 'react';
import { comboOf, type KeyName, keyNames, keys, keysFor } from './keys.ts';
import { usePreferences } from './preferences.ts';
import { useScreen } from './screen.ts';

/** What a screen does for its keys; returning false leaves the key to the screen beneath. */
export type KeyWork = Partial<Record<KeyName, () => unknown>>;

const layers: { current: KeyWork }[] = [];

/**
 * Gives keys their work while the component is mounted. The component that mounted last is asked first. Whoever sees
 * it can press a key: the keys are there before it is painted.
 */
export const useKeys = (work: KeyWork): void => {
  const layer = useRef(work);
  layer.current = work;
  useLayoutEffect(() => {
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, []);
};

/** The actions that something on the screen does now, in the order of the list. */
export const liveActions = (): KeyName[] =>
  keyNames.filter((name) => layers.some((layer) => layer.current[name] !== undefined));

/** Does an action as its key would. False when nothing on the screen does it. */
export const act = (name: KeyName): boolean =>
  layers.toReversed().some((layer) => {
    const work = layer.current[name];
    return work !== undefined && work() !== false;
  });

/** Radios, boxes and switches take the space bar and arrows, and no letter. */
const textInput = 'input:not([type="radio"], [type="checkbox"])';

/** Whether the key goes into a field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest(`${textInput}, textarea, select, [role="textbox"]`) !== null);

/** Keys that a button, a menu or a list needs for itself when it has the focus. */
const belongsToControl = (event: KeyboardEvent): boolean =>
  event.target instanceof Element &&
  (/^Arrow/.test(event.key)
    ? event.target.closest(
        '[role="menu"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="grid"]',
      ) !== null
    : event.key === 'Enter' && event.target.closest('button, a, [role="option"]') !== null);

/** Whether a dialog was open when the key went down: Esc may have closed it by the time that `press` hears of it. */
let inDialog = false;
const look = (): void => {
  inDialog = useScreen.getState().dialogs.length > 0;
};

const press = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || (event.repeat && !event.key.startsWith('Arrow'))) return;
  const combo = comboOf(event);
  const typing = isTyping(event.target) || inDialog;
  if (belongsToControl(event)) return;
  if (combo.length === 1 && !usePreferences.getState().letterKeys) return;
  for (const name of keysFor(combo)) {
    if (typing && !('whileTyping' in keys[name])) continue;
    if (!act(name)) continue;
    event.preventDefault();
    return;
  }
};

/** Listens for keys; the frame does this once. Never acts while a field is typed in or a dialog is open. */
export const useKeyboard = (): void => {
  useEffect(() => {
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', press);
    };
  }, []);
};
