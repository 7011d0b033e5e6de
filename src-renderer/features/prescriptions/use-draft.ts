import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';
import { useKept } from '../../app/kept.ts';

const PAUSE_MS = 600;

/** What another desk wrote into the draft meanwhile. */
export interface Theirs {
  text: string;
}

/**
 * A draft that is saved while it is typed, at the first pause, and when its dialog goes. Savings follow one another, so
 * that the first makes the draft and the later ones write it over. What somebody else wrote is never written over
 * unseen: `theirs` holds it until the person has chosen.
 */
export const useDraft = (appointmentId: string, from: { id: string; text: string } | null) => {
  const [text, setText] = useKept('text', from?.text ?? '');
  /** The draft as it was saved last; without an id, not yet. */
  const [saved, setSaved] = useKept('saved', { id: from?.id, was: from?.text ?? '' });
  const [theirs, setTheirs] = useKept<Theirs | null>('theirs', null);
  const [error, setError] = useState<CallError | null>(null);
  const draft = useRef({ ...saved, text });
  draft.current = { ...saved, text };
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));

  const save = useCallback((): Promise<boolean> => {
    const saveNow = async (): Promise<boolean> => {
      const { id, was, text: typed } = draft.current;
      if (typed.trim() === was.trim()) return true;
      const answer = await call('savePrescription', {
        appointmentId,
        instructions: typed,
        ...(id === undefined ? {} : { prescriptionId: id, was }),
      });
      if (answer.ok) {
        const now = { id: answer.value.id, was: answer.value.instructions };
        draft.current = { ...draft.current, ...now };
        setSaved(now);
        setError(null);
        return true;
      }
      const { code, details } = answer.error;
      if (code === 'prescription_changed') setTheirs({ text: String(details['instructions'] ?? '') });
      else setError(answer.error);
      return false;
    };
    queue.current = queue.current.then(saveNow);
    return queue.current;
  }, [appointmentId, setSaved, setTheirs]);

  useEffect(() => {
    if (text.trim() === saved.was.trim() || theirs) return;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, saved, theirs, save]);
  useEffect(() => () => void save(), [save]);

  const write = (typed: string): void => {
    draft.current.text = typed;
    setText(typed);
  };
  return {
    text,
    write,
    save,
    /** The draft's id once it was saved. */
    id: () => draft.current.id,
    isSaved: text.trim() === saved.was.trim(),
    theirs,
    error,
    /** Goes on with their text, or writes over it knowingly. */
    decide: (which: 'theirs' | 'mine'): void => {
      if (!theirs) return;
      setSaved({ ...saved, was: theirs.text });
      setTheirs(null);
      if (which === 'theirs') write(theirs.text);
    },
  };
};
