import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { feeOf } from './fee.ts';
import { readVisitType } from './grid.ts';
import { endOwnHolds } from './hold.ts';
import { visitOf } from './next-free.ts';
import { findPlace } from './placement.ts';
import { answerWith } from './view.ts';

/**
 * Books a patient into a slot. The length is what was asked for, else the visit type's, else the slot's. The room is
 * the one asked for, else the doctor's usual one where it is free. The fee is stamped as it stands now. What this
 * desk held of the time ends. The desk checks; central decides.
 */
export const book = (desk: Desk, session: Session, input: ParsedInput<'book'>): CallResult<'book'> => {
  const visitType = input.visitTypeId === undefined ? undefined : readVisitType(desk, input.visitTypeId);
  if (input.visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: input.visitTypeId });
  if (!isBookable(desk, input.patientId))
    return refuse('not_found', { what: 'patient', id: input.patientId });

  const place = findPlace(desk, session, {
    slotId: input.slotId,
    visit: visitOf(visitType, input.durationMinutes),
    roomId: input.roomId,
    overOwnHolds: true,
    overbook: input.overbook,
  });
  if (!place.ok) return place;

  endOwnHolds(desk, place.value);
  const id = desk.newId();
  writeChange(desk, { kind: 'book', actor: session.userId }, (change) =>
    change.insert(appointments, {
      id,
      ...place.value,
      patientId: input.patientId,
      visitTypeId: input.visitTypeId ?? null,
      status: 'scheduled',
      appointmentType: input.type ?? 'in_person',
      origin: 'desk',
      ...feeOf(desk, input.visitTypeId ?? null, place.value.doctorId),
      reason: input.reason || null,
      notes: input.notes || null,
    }),
  );
  return answerWith(desk, id);
};

/** Whether the patient's record is there and is neither deleted nor merged into another. */
export const isBookable = ({ replica }: Desk, patientId: string): boolean =>
  replica
    .statement('select 1 from patients where id = ? and deleted_at is null and merged_into_id is null')
    .get(patientId) !== undefined;
