import type Database from 'better-sqlite3';
import { wordsOf } from '../fold.ts';
import { soundsOf } from '../sound.ts';
import { personOf, recordsOfPerson } from './same-person.ts';
import { birthToken, emailToken, phoneToken } from './search-query.ts';

/** Raised when what is indexed changes, so that an older index is made anew. */
const INDEX_VERSION = 2;

/**
 * The index is this desk's own: it is made from the patients, and nothing of it is replicated.
 * `search_patients` has the folded names for ranking; `search_index` the tokens; `search_words` and its
 * trigrams each sound once, for words that were misspelt.
 */
const TABLES = `
  create table search_patients (
    doc integer primary key,
    patient_id text not null unique,
    names text not null,
    owner_names text not null
  );
  create virtual table search_index using fts5(
    names, sounds, numbers, email,
    content = '', contentless_delete = 1, detail = column, prefix = '1 2 3', tokenize = 'ascii'
  );
  create table search_words (id integer primary key, word text not null unique);
  create virtual table search_trigrams using fts5(
    word, content = 'search_words', content_rowid = 'id', detail = none, tokenize = 'trigram'
  );`;

const DROP = `
  drop table if exists search_patients;
  drop table if exists search_index;
  drop table if exists search_trigrams;
  drop table if exists search_words;
  drop table if exists search_version;`;

/** Makes the search index where it is missing or of another version, and fills it from the patients that are there. */
export const prepareSearch = (db: Database.Database): void => {
  db.exec('create table if not exists search_version (version integer not null)');
  if (db.prepare('select version from search_version').pluck().get() === INDEX_VERSION) return;
  rebuildSearch(db);
};

/** Makes the whole index anew, in one transaction: for a replica that was filled in bulk. Needs only the handle. */
export const rebuildSearch = (db: Database.Database): void => {
  db.transaction(() => {
    db.exec(DROP);
    db.exec(TABLES);
    db.exec(`create table search_version (version integer not null);
             insert into search_version values (${INDEX_VERSION});`);
    fill(db);
  })();
};

/**
 * Brings the index up to date with the person of one record, inside the caller's transaction. Deleted records leave it; a
 * merged one is found as the record that it was merged into. An owner's animals are found by the owner's name, so they
 * follow.
 */
export const indexPatient = (db: Database.Database, patientId: string): void => {
  const writer = writerOf(db);
  writer.index(patientId);
  for (const animalId of writer.animalsOf(patientId)) writer.index(animalId);
};

/** The columns of a patient's row that the index depends on: a change of none of them leaves it as it is. */
export const searchedColumns = [
  'first_name',
  'last_name',
  'phone',
  'email',
  'date_of_birth',
  'owner_id',
  'merged_into_id',
  'deleted_at',
] as const;

/** What a record is found by. */
interface Known {
  firstName: string;
  lastName: string;
  phone: string | null;
  email: string | null;
  dateOfBirth: string | null;
}

const KNOWN = (p: string): string =>
  `${p}.first_name firstName, ${p}.last_name lastName, ${p}.phone, ${p}.email, ${p}.date_of_birth dateOfBirth`;

/** What the index holds of a patient. */
interface Tokens {
  names: string;
  ownerNames: string;
  sounds: string[];
  numbers: string;
  email: string;
}

/** The records of a patient and of the owner, each the standing one first, as tokens. */
type Tokenizer = (own: readonly Known[], owner: readonly Known[]) => Tokens;

/** Works out tokens; the words of names come again and again, so each is folded once. */
const tokenizer = (): Tokenizer => {
  const known = new Map<string, { words: string; sounds: string[] }>();
  const wordsAndSounds = (name: string) => {
    let entry = known.get(name);
    if (!entry) {
      const words = wordsOf(name);
      entry = { words: words.join(' '), sounds: words.flatMap(soundsOf) };
      known.set(name, entry);
    }
    return entry;
  };
  const namesOf = (records: readonly Known[]) =>
    records.flatMap(({ lastName, firstName }) => [wordsAndSounds(lastName), wordsAndSounds(firstName)]);
  const joined = (names: readonly { words: string }[]) =>
    names
      .map(({ words }) => words)
      .join(' ')
      .trim();
  return (own, owner) => {
    const [names, ownerNames] = [namesOf(own), namesOf(owner)];
    const all = [...own, ...owner];
    const phones = all.flatMap(({ phone }) => (phone === null ? [] : [phoneToken(phone)]));
    const births = own.flatMap(({ dateOfBirth }) => (dateOfBirth === null ? [] : [birthToken(dateOfBirth)]));
    return {
      names: joined(names),
      ownerNames: joined(ownerNames),
      sounds: [...names, ...ownerNames].flatMap(({ sounds }) => sounds),
      numbers: [...new Set([...phones, ...births])].join(' '),
      email: all.flatMap(({ email }) => (email === null ? [] : [emailToken(email)])).join(' '),
    };
  };
};

interface Writer {
  index(patientId: string): void;
  animalsOf(patientId: string): string[];
}

const writers = new WeakMap<Database.Database, Writer>();

/** The prepared statements of a connection. */
const writerOf = (db: Database.Database): Writer => {
  let writer = writers.get(db);
  if (!writer) {
    writer = createWriter(db);
    writers.set(db, writer);
  }
  return writer;
};

/**
 * Takes out of the index what it keeps of names that no patient has any more, also in the parts that SQLite has yet to
 * tidy: for when somebody was erased.
 */
export const purgeSearch = (db: Database.Database): void => {
  const isKnown = db.prepare('select 1 from search_index where search_index match ? limit 1').pluck();
  const forget = db.prepare('delete from search_words where id = ?');
  const forgetTrigrams = db.prepare(
    `insert into search_trigrams (search_trigrams, rowid, word) values ('delete', ?, ?)`,
  );
  const words = db.prepare('select id, word from search_words').all() as { id: number; word: string }[];
  for (const { id, word } of words) {
    if (isKnown.get(`sounds : "${word}"`) !== undefined) continue;
    forgetTrigrams.run(id, word);
    forget.run(id);
  }
  for (const table of ['search_index', 'search_trigrams'])
    db.exec(`insert into ${table} (${table}) values ('optimize')`);
};

const createWriter = (db: Database.Database): Writer => {
  const standing = db.prepare(`select id, owner_id ownerId from patients
    where id = ${personOf('@id')} and deleted_at is null and merged_into_id is null`);
  const records = db.prepare(`select ${KNOWN('p')} from patients p
    where p.id in ${recordsOfPerson(personOf('@id'))} order by p.merged_into_id is not null, p.id`);
  const animals = db
    .prepare(`select id from patients where owner_id in ${recordsOfPerson(personOf('@id'))}`)
    .pluck();
  const remove = db.prepare('delete from search_patients where patient_id = ? returning doc').pluck();
  const removeTokens = db.prepare('delete from search_index where rowid = ?');
  const add = adder(db);
  const takeOut = (patientId: string): void => {
    const doc = remove.get(patientId);
    if (doc !== undefined) removeTokens.run(doc);
  };
  return {
    index: (patientId) => {
      takeOut(patientId);
      const person = standing.get({ id: patientId }) as { id: string; ownerId: string | null } | undefined;
      if (!person) return;
      if (person.id !== patientId) takeOut(person.id);
      const owner = person.ownerId === null ? [] : (records.all({ id: person.ownerId }) as Known[]);
      add(person.id, tokenizer()(records.all({ id: person.id }) as Known[], owner));
    },
    animalsOf: (patientId) => animals.all({ id: patientId }) as string[],
  };
};

const adder = (db: Database.Database): ((patientId: string, tokens: Tokens) => void) => {
  const addPatient = db.prepare(
    'insert into search_patients (patient_id, names, owner_names) values (?, ?, ?)',
  );
  const addTokens = db.prepare(
    'insert into search_index (rowid, names, sounds, numbers, email) values (?, ?, ?, ?, ?)',
  );
  const addWord = db.prepare('insert into search_words (word) values (?) on conflict do nothing');
  const addTrigrams = db.prepare('insert into search_trigrams (rowid, word) values (?, ?)');
  return (patientId, { names, ownerNames, sounds, numbers, email }) => {
    const { lastInsertRowid: doc } = addPatient.run(patientId, names, ownerNames);
    addTokens.run(doc, `${names} ${ownerNames}`, sounds.join(' '), numbers, email);
    for (const sound of sounds) {
      const { changes, lastInsertRowid } = addWord.run(sound);
      if (changes > 0) addTrigrams.run(lastInsertRowid, sound);
    }
  };
};

/** Rows read at a time while the index is made: all of them at once would take a hundred megabytes. */
const ROWS_AT_ONCE = 1000;

type FilledRow = Known & { id: string } & { [Field in keyof Known as `o_${Field}`]: Known[Field] };

const FILLED = `
  select p.id, ${KNOWN('p')}, o.first_name o_firstName, o.last_name o_lastName, o.phone o_phone, o.email o_email,
    o.date_of_birth o_dateOfBirth
  from patients p left join patients o on o.id = p.owner_id
  where p.deleted_at is null and p.merged_into_id is null and p.id in (select value from json_each(?))
  order by p.last_name, p.first_name`;

/** Indexes every patient, by name, so that a short beginning of many names gives the first of them. */
const fill = (db: Database.Database): void => {
  const tokens = tokenizer();
  const add = adder(db);
  const ids = db.prepare('select id from patients order by last_name, first_name').pluck().all();
  const read = db.prepare(FILLED);
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    const rows = read.all(JSON.stringify(ids.slice(from, from + ROWS_AT_ONCE))) as FilledRow[];
    for (const row of rows) add(row.id, tokens([row], row.o_firstName === null ? [] : [ownerOf(row)]));
  }
  const merged = db.prepare('select distinct kept_id from patient_merges where undone_at is null').pluck();
  for (const keptId of merged.all() as string[]) indexPatient(db, keptId);
};

const ownerOf = (row: FilledRow): Known => ({
  firstName: row.o_firstName,
  lastName: row.o_lastName,
  phone: row.o_phone,
  email: row.o_email,
  dateOfBirth: row.o_dateOfBirth,
});
