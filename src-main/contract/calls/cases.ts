import { z } from 'zod';
import { call } from '../call.ts';
import { Case } from '../case.ts';
import { Id } from '../values.ts';

/** Consultations as the outside system has them. They are written by its runs only. */
export const casesCalls = {
  patientCases: call({
    summary: 'The consultations of a patient, newest first, with notes, discharge summary and call.',
    input: z.object({ patientId: Id }),
    output: z.array(Case),
    right: 'patients.read',
    errors: ['not_found'],
  }),
  dischargeCase: call({
    summary: 'The consultation that a discharge call is about.',
    input: z.object({ callId: Id }),
    output: Case,
    right: 'calls.read',
    errors: ['not_found'],
  }),
};
