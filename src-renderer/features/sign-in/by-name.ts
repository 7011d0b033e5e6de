import { foldName } from '../../ui/patient/matched.ts';

/** People spell a Greek name in more than one Latin way. */
const oneSpelling = (text: string): string => foldName(text).replaceAll('ch', 'h').replaceAll('ph', 'f');

const wordsOf = (text: string): string[] =>
  oneSpelling(text)
    .split(/[\s.,-]+/)
    .filter((word) => word !== '');

/** Those whose names have a word that begins with each word typed, blind to case, accents and alphabet. */
export const byName = <P extends { name: string }>(people: readonly P[], typed: string): P[] => {
  const parts = wordsOf(typed);
  return people.filter(({ name }) => {
    const words = wordsOf(name);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  });
};
