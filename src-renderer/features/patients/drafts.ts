import { createKept } from '../../app/kept.ts';
import { isEmpty, type PatientDraft } from './patient-draft.ts';

interface Drafts {
  /** A registration that was begun and not saved. */
  registration: PatientDraft | null;
  /** Changes to a record that were begun and not saved, by patient. */
  edits: Record<string, PatientDraft>;
}

/** What was typed about patients and not saved; it outlives the dialog that it was typed in. */
export const useDrafts = createKept<Drafts>(() => ({ registration: null, edits: {} }));

export const keepRegistration = (draft: PatientDraft): void =>
  useDrafts.setState({ registration: isEmpty(draft) ? null : draft });
export const dropRegistration = (): void => useDrafts.setState({ registration: null });

export const keepEdit = (patientId: string, draft: PatientDraft): void =>
  useDrafts.setState(({ edits }) => ({ edits: { ...edits, [patientId]: draft } }));
export const dropEdit = (patientId: string): void =>
  useDrafts.setState(({ edits: { [patientId]: _dropped, ...edits } }) => ({ edits }));
