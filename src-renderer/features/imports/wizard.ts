import type {
  CsvKind,
  ImportDoctor,
  ImportFrom,
  ImportMapping,
  ImportSource,
} from '../../../src-main/contract/imports.ts';
import { createKept } from '../../app/kept.ts';

type Csv = Extract<ImportSource, { from: 'csv' }>;

/** Where a database is. Its password is not among it: it is typed anew each time. */
export interface Address {
  host: string;
  port: string;
  database: string;
  user: string;
}

/** What is to be brought in, as far as it was said. */
export interface Draft {
  from: ImportFrom;
  /** The chosen file as the core names it, and as a person does. */
  file: { file: string; name: string } | null;
  address: Address;
  kind: CsvKind;
  /** How the CSV file is read, where that was put right by hand. */
  csv: Pick<Csv, 'encoding' | 'delimiter' | 'dayOrder' | 'columns'>;
  mapping: ImportMapping;
  /** Doctors of the source who are nobody of ours, though one looks alike. */
  newDoctors: readonly string[];
}

interface Wizard {
  step: 'overview' | 'source' | 'look';
  draft: Draft;
  /** The import that is looked at. */
  runId: string | null;
}

const emptyDraft: Draft = {
  from: 'csv',
  file: null,
  address: { host: '', port: '', database: '', user: '' },
  kind: 'patients',
  csv: {},
  mapping: { doctors: {} },
  newDoctors: [],
};

export const useWizard = createKept<Wizard>(() => ({ step: 'overview', draft: emptyDraft, runId: null }));

export const goTo = (step: Wizard['step']): void => useWizard.setState({ step, runId: null });
export const openRun = (runId: string): void => useWizard.setState({ step: 'overview', runId });
export const begin = (): void => useWizard.setState({ step: 'source', draft: emptyDraft, runId: null });
export const setDraft = (set: Partial<Draft>): void =>
  useWizard.setState(({ draft }) => ({ draft: { ...draft, ...set } }));
/** Another source has other columns and doctors. */
export const setSource = (set: Partial<Draft>): void =>
  setDraft({ ...set, csv: {}, mapping: emptyDraft.mapping, newDoctors: [] });
export const setMapping = (set: Partial<ImportMapping>): void =>
  useWizard.setState(({ draft }) => ({ draft: { ...draft, mapping: { ...draft.mapping, ...set } } }));

const protocols = {
  medic_postgres: { name: 'postgres', port: '5432' },
  idexx_sync_postgres: { name: 'postgres', port: '5432' },
  mysql_server: { name: 'mysql', port: '3306' },
} as const;
export type FromDatabase = keyof typeof protocols;

export const isDatabase = (from: ImportFrom): from is FromDatabase => from in protocols;
export const usualPort = (from: FromDatabase): string => protocols[from].port;

/** The address with its password, as the core takes it; null while something is missing. */
export const urlOf = (from: FromDatabase, address: Address, password: string): string | null => {
  const { host, port, database, user } = address;
  if (!host.trim() || !database.trim() || !user.trim()) return null;
  const [who, secret, name] = [user.trim(), password, database.trim()].map(encodeURIComponent);
  const url = `${protocols[from].name}://${who}:${secret}@${host.trim()}:${port.trim() || usualPort(from)}/${name}`;
  return URL.canParse(url) ? url : null;
};

/** Who of ours a doctor of the source is; null for a new one. */
export const doctorOf = (
  { mapping, newDoctors }: Draft,
  { sourceId, doctorId }: ImportDoctor,
): string | null => mapping.doctors[sourceId] ?? (newDoctors.includes(sourceId) ? null : doctorId);

export const chooseDoctor = (sourceId: string, doctorId: string | null): void =>
  useWizard.setState(({ draft }) => {
    const { [sourceId]: _before, ...others } = draft.mapping.doctors;
    const doctors = doctorId === null ? others : { ...others, [sourceId]: doctorId };
    const apart = draft.newDoctors.filter((one) => one !== sourceId);
    const newDoctors = doctorId === null ? [...apart, sourceId] : apart;
    return { draft: { ...draft, mapping: { ...draft.mapping, doctors }, newDoctors } };
  });

/** What was decided, whole: what the preview guessed and nobody changed stands too. */
export const mappingOf = (draft: Draft, doctors: readonly ImportDoctor[]): ImportMapping => {
  const chosen = doctors.flatMap((one) => {
    const doctorId = doctorOf(draft, one);
    return doctorId === null ? [] : [[one.sourceId, doctorId] as const];
  });
  return { ...draft.mapping, doctors: Object.fromEntries(chosen) };
};

/** What a draft asks for; null while it says too little. */
export const sourceOf = (draft: Draft, password: string): ImportSource | null => {
  const { from, file, address, kind, csv } = draft;
  if (isDatabase(from)) {
    const url = urlOf(from, address, password);
    return url === null ? null : { from, url };
  }
  if (!file) return null;
  return from === 'csv' ? { from, file: file.file, kind, ...csv } : { from, file: file.file };
};
