import type Database from 'better-sqlite3';

/** Where rows are read. Not `Store`, whose connection makes the search, which reads by what stands here. */
interface Reader {
  statement(sql: string): Database.Statement;
}

/*
 * A merged record points at the record that it was merged into, and everything that names it goes on naming it. Whoever
 * reads goes by the person: the record that stands, with all that were merged into it.
 */

/**
 * SQL: the record that stands for the person of a record. `id` is an SQL expression, such as `a.patient_id`; an id that
 * is null or not here stays what it is.
 */
export const personOf = (id: string): string => `
  iif((select merged_into_id from patients where id = ${id}) is null, ${id}, (
    with recursive up (id, next) as (
      select id, merged_into_id from patients where id = ${id}
      union select p.id, p.merged_into_id from up join patients p on p.id = up.next)
    select id from up where next is null))`;

/** SQL, a list for `in`: every record of a person, by an SQL expression of the one that stands. */
export const recordsOfPerson = (id: string): string => `(
  with recursive records (id) as (
    select ${id} union
    select m.merged_id from records r join patient_merges m on m.kept_id = r.id and m.undone_at is null)
  select id from records)`;

const RECORDS = `select id from patients where id in ${recordsOfPerson(personOf('@id'))}`;

/** The ids of every record of the person whose one record is `id`, in no order; of an unknown one, none. */
export const recordsOf = (store: Reader, id: string): string[] =>
  store.statement(RECORDS).pluck().all({ id }) as string[];

const PERSON = `select ${personOf('@id')}`;

/** The record that stands for the person of a record. */
export const standingRecord = (store: Reader, id: string): string =>
  store.statement(PERSON).pluck().get({ id }) as string;
