import type Database from 'better-sqlite3';

/** Makes the search index where it is missing. */
export const prepareSearch = (_db: Database.Database): void => {};

/** Brings the search index up to date with one patient, inside the caller's transaction. */
export const indexPatient = (_db: Database.Database, _patientId: string): void => {};
