import fc from 'fast-check';
import { expect, test } from 'vitest';
import { create } from 'zustand';
import { type Keeper, SetAside } from '../../src-renderer/app/set-aside.ts';

const EMPTY = { text: '' };
const keeper = () => {
  const store = create(() => EMPTY);
  const asKeeper: Keeper = {
    getState: store.getState,
    getInitialState: store.getInitialState,
    replace: (state) => store.setState(state as typeof EMPTY, true),
  };
  return { ...asKeeper, type: (text: string) => store.setState({ text }), text: () => store.getState().text };
};

test('what one person typed is gone while another one is here, and there again when they return', () => {
  const aside = new SetAside();
  const [booking, search] = [keeper(), keeper()];
  aside.add(booking);
  aside.add(search);
  booking.type('headache');
  aside.put('eleni');
  aside.bringBack('nikos');
  expect([booking.text(), search.text()]).toEqual(['', '']);
  search.type('pappa');
  aside.put('nikos');
  aside.bringBack('eleni');
  expect([booking.text(), search.text()]).toEqual(['headache', '']);
});

test('nobody finds anything at the door, whoever comes first', () => {
  const aside = new SetAside();
  const booking = keeper();
  aside.add(booking);
  booking.type('headache');
  aside.put('eleni');
  expect(booking.text()).toBe('');
  // What a screen still writes as it goes is nobody's.
  booking.type('late');
  aside.bringBack('nikos');
  expect(booking.text()).toBe('');
});

test('somebody who signed out finds nothing', () => {
  const aside = new SetAside();
  const booking = keeper();
  aside.add(booking);
  booking.type('headache');
  aside.put('eleni');
  aside.forget('eleni');
  aside.bringBack('eleni');
  expect(booking.text()).toBe('');
});

test('a part of the screen that was opened meanwhile begins anew for whoever returns', () => {
  const aside = new SetAside();
  aside.put('eleni');
  aside.bringBack('nikos');
  const messages = keeper();
  aside.add(messages);
  messages.type('for the doctor');
  aside.put('nikos');
  aside.bringBack('eleni');
  expect(messages.text()).toBe('');
});

test('whatever the order of turns, everybody sees their own and nothing else', () => {
  const turn = fc.record({ who: fc.constantFrom('eleni', 'nikos', 'maria'), text: fc.string() });
  fc.assert(
    fc.property(fc.array(turn), (turns) => {
      const aside = new SetAside();
      const booking = keeper();
      aside.add(booking);
      const expected = new Map<string, string>();
      for (const { who, text } of turns) {
        aside.bringBack(who);
        expect(booking.text()).toBe(expected.get(who) ?? '');
        booking.type(text);
        expected.set(who, text);
        aside.put(who);
        expect(booking.text()).toBe('');
      }
    }),
  );
});
