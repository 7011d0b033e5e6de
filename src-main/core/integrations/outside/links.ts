import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { OutsideSource } from '../../../contract/integrations.ts';
import type { OutsideLink } from '../../../contract/outside.ts';
import type { Desk, Session } from '../../desk.ts';
import { readDeskState } from '../../replica/desk-state.ts';
import { writeChange } from '../../replica/write.ts';
import { outsideLinks as table } from '../../schema/replica/index.ts';
import { linkId } from '../link-id.ts';
import { readUnlinked } from './details.ts';

/** What the doctors, visit types and event types of an outside system are here, by name; also what is not linked yet. */
export const outsideLinks = (
  desk: Desk,
  _session: Session,
  { source }: ParsedInput<'outsideLinks'>,
): CallResult<'outsideLinks'> => ok(readLinks(desk, source));

/** Says what one of them is here, or takes that away again. Bookings that waited for it come with the next run. */
export const setOutsideLink = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'setOutsideLink'>,
): CallResult<'setOutsideLink'> => {
  const { source, kind, externalId, name, doctorId, visitTypeId } = input;
  if (doctorId !== null && !stands(desk, 'doctors', doctorId))
    return refuse('not_found', { what: 'doctor', id: doctorId });
  if (visitTypeId !== null && !stands(desk, 'visit_types', visitTypeId))
    return refuse('not_found', { what: 'visitType', id: visitTypeId });
  const there = readRowId(desk, input);
  writeChange(desk, { kind: 'setOutsideLink', actor: session.userId }, (change) => {
    const set = { doctorId, visitTypeId, deletedAt: null, ...(name === null ? {} : { name }) };
    if (there !== undefined) return change.update(table, there, set);
    const id = linkId(readDeskState(desk.replica).clinicId ?? '', source, kind, externalId);
    change.insert(table, { id, source, kind, externalId, ...set });
  });
  return ok(readLinks(desk, source));
};

const stands = ({ replica }: Desk, of: 'doctors' | 'visit_types', id: string): boolean =>
  replica.statement(`select 1 from ${of} where id = ? and deleted_at is null`).get(id) !== undefined;

const readRowId = (
  { replica }: Desk,
  { source, kind, externalId }: Pick<ParsedInput<'setOutsideLink'>, 'source' | 'kind' | 'externalId'>,
): string | undefined =>
  replica
    .statement('select id from outside_links where source = ? and kind = ? and external_id = ?')
    .pluck()
    .get(source, kind, externalId) as string | undefined;

const readLinks = (desk: Desk, source: OutsideSource): OutsideLink[] => {
  const rows = desk.replica
    .statement(
      `select kind, external_id externalId, name, doctor_id doctorId, visit_type_id visitTypeId from outside_links
       where source = ? and kind in ('provider', 'visit_type', 'event_type') and deleted_at is null`,
    )
    .all(source) as Omit<OutsideLink, 'waiting'>[];
  const links = new Map(rows.map((row) => [keyOf(row), { ...row, waiting: 0 }]));
  for (const name of readUnlinked(desk, source)) {
    const known = links.get(keyOf(name)) ?? { ...name, doctorId: null, visitTypeId: null, waiting: 0 };
    links.set(keyOf(name), { ...known, waiting: known.waiting + (known.doctorId === null ? 1 : 0) });
  }
  return [...links.values()].sort(
    (a, b) =>
      a.kind.localeCompare(b.kind) ||
      (a.name ?? a.externalId).localeCompare(b.name ?? b.externalId) ||
      a.externalId.localeCompare(b.externalId),
  );
};

const keyOf = ({ kind, externalId }: Pick<OutsideLink, 'kind' | 'externalId'>): string =>
  `${kind}/${externalId}`;
