import { createContext, useCallback, useContext, useLayoutEffect, useState } from 'react';
import { create } from 'zustand';
import { SetAside } from './set-aside.ts';

/** What everybody who works at this screen has open, by person. */
export const aside = new SetAside();

/** A store of what the person at the screen has open or half typed: it goes and comes back with them (`SetAside`). */
export const createKept = <S extends object>(initial: () => S) => {
  const store = create<S>()(initial);
  aside.add({
    getState: store.getState,
    getInitialState: store.getInitialState,
    replace: (state) => store.setState(state as S, true),
  });
  return store;
};

interface Typed {
  values: Readonly<Record<string, { value: unknown }>>;
}
const useTyped = createKept<Typed>(() => ({ values: {} }));

const write = (key: string, value: unknown): void =>
  useTyped.setState(({ values }) => ({ values: { ...values, [key]: { value } } }));
const forget = (key: string): void => {
  if (key in useTyped.getState().values)
    useTyped.setState(({ values: { [key]: _gone, ...values } }) => ({ values }));
};

/** The dialog or place that something is typed in; it tells two of one kind apart. */
export const KeptScope = createContext('');

/**
 * Like `useState`, for what a person types or chooses in a dialog or place: it is still there when they come back after
 * a lock or somebody else's turn, though the component was gone meanwhile. It ends with its component otherwise.
 * `name` is its own within the dialog or place.
 */
export const useKept = <T>(
  name: string,
  initial: T | (() => T),
): [T, (next: T | ((before: T) => T)) => void] => {
  const key = `${useContext(KeptScope)} ${name}`;
  const [first] = useState(initial);
  const held = useTyped(({ values }) => values[key]);
  const set = useCallback(
    (next: T | ((before: T) => T)): void => {
      const known = useTyped.getState().values[key];
      const before = known ? (known.value as T) : first;
      const after = typeof next === 'function' ? (next as (before: T) => T)(before) : next;
      if (!Object.is(after, before)) write(key, after);
    },
    [key, first],
  );
  // Before the next one of the same name is painted.
  useLayoutEffect(() => () => forget(key), [key]);
  return [held ? (held.value as T) : first, set];
};
