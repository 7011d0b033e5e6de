import { createKept } from '../../app/kept.ts';

/** Notes that were typed and not yet logged, by call: choosing another line loses none. */
const useKept = createKept<{ kept: Record<string, string> }>(() => ({ kept: {} }));

/** The note of a call that is being made. */
export const useNotes = (id: string | undefined) => {
  const note = useKept(({ kept }) => (id === undefined ? '' : (kept[id] ?? '')));
  const type = (text: string): void => {
    if (id !== undefined) useKept.setState(({ kept }) => ({ kept: { ...kept, [id]: text } }));
  };
  return { note, type, forget: () => type('') };
};
