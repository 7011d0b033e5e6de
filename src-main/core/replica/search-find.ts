import { soundOf } from '../sound.ts';
import type { Replica } from './open.ts';
import { type Closeness, expressionOf, isEmpty, parseSearch, type SearchQuery } from './search-query.ts';
import { beginningDistance, type Found, rank } from './search-rank.ts';

/** How many are taken from the index to be ranked: beyond that a search says too little to tell them apart. */
const RANKED = 200;
/** With fewer found than this, misspellings are looked for too. */
const FEW = 3;
/** Up to this many letters, whole words are looked for first: `Li` is not to be lost among the Liolioses. */
const SHORT = 3;
/** How many words may be meant by a misspelt one. */
const NEAR_WORDS = 12;
/** How many words that share letters with a misspelt one are compared with it. */
const COMPARED = 400;

/**
 * Patients for what a person typed, best first: by parts of names in any order, the end of a phone number, a birth
 * date, an e-mail address, an owner. `today` is a day, `2026-11-24`.
 */
export const searchPatients = (replica: Replica, text: string, today: string, limit: number): string[] => {
  const query = parseSearch(text, today);
  if (isEmpty(query)) return [];
  const found = new Map<string, Found>();
  const look = (closeness: Closeness, near: readonly string[][] = []) => {
    for (const one of match(replica, expressionOf(query, closeness, near), RANKED))
      found.set(one.patientId, one);
  };
  if (query.words.some((word) => word.length <= SHORT)) look('whole');
  look('beginning');
  if (query.words.length > 0 && found.size < limit) look('sound');
  if (query.words.length > 0 && found.size < FEW) look('sound', nearWords(replica, query));
  return rank([...found.values()], query.words)
    .slice(0, limit)
    .map(({ patientId }) => patientId);
};

/** Patients that an FTS5 expression over the index finds, in the index's order. */
export const match = (replica: Replica, expression: string, limit: number): Found[] =>
  replica
    .statement(
      `select p.patient_id patientId, p.names, p.owner_names ownerNames
       from (select rowid doc from search_index where search_index match ? limit ?) i
         join search_patients p on p.doc = i.doc`,
    )
    .all(expression, limit) as Found[];

/** For each word of the query, the sounds of indexed words that it may be a misspelling of. */
const nearWords = (replica: Replica, query: SearchQuery): string[][] =>
  query.words.map((word) => misspellingsOf(replica, soundOf(word)));

/** Sounds of indexed words that begin within a letter of this one, or two where it is long; nearest first. */
export const misspellingsOf = (replica: Replica, sound: string): string[] => {
  const allowed = sound.length >= 7 ? 2 : sound.length >= 4 ? 1 : 0;
  if (allowed === 0) return [];
  const trigrams = Array.from({ length: sound.length - 2 }, (_, at) => `"${sound.slice(at, at + 3)}"`);
  const candidates = replica
    .statement(
      `select w.word from (
         select rowid id from search_trigrams where search_trigrams match ? order by rank limit ?
       ) t join search_words w on w.id = t.id`,
    )
    .pluck()
    .all([...new Set(trigrams)].join(' OR '), COMPARED) as string[];
  return candidates
    .map((word) => ({ word, distance: beginningDistance(sound, word) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAR_WORDS)
    .map(({ word }) => word);
};
