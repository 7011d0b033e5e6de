import { useEffect, useRef, useState } from 'react';
import type { CallError } from '../../../src-main/contract/errors.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';

/** Fewer letters than this find nothing. */
export const FEWEST_LETTERS = 2;

/** At most so many are shown; who is not among them takes more letters. */
export const MOST_FOUND = 12;

/** What a search shows: the answer to `text`, which may still be the text before the one that was typed last. */
export interface Found {
  text: string;
  patients: PatientBrief[];
  error: CallError | null;
}

const nothing: Found = { text: '', patients: [], error: null };

/**
 * Searches patients as somebody types, without waiting for a pause; an answer that a later letter has overtaken is
 * dropped. `settled` says whether `found` answers what is typed now.
 */
export const useFind = (typed: string): { found: Found; settled: boolean } => {
  const text = typed.trim();
  const [found, setFound] = useState<Found>(nothing);
  const asked = useRef(0);

  useEffect(() => {
    const question = ++asked.current;
    if (text.length < FEWEST_LETTERS) return setFound({ ...nothing, text });
    void call('findPatient', { text, limit: MOST_FOUND }).then((result) => {
      if (question !== asked.current) return;
      setFound(
        result.ok
          ? { text, patients: result.value, error: null }
          : { text, patients: [], error: result.error },
      );
    });
  }, [text]);

  return { found, settled: found.text === text };
};
