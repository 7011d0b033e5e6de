import type { ChangeWriter } from '../../replica/write.ts';
import { outsideLinks } from '../../schema/replica/index.ts';
import { linkId } from '../link-id.ts';
import type { Scope } from './scope.ts';

interface Linked {
  id: string;
  name: string | null;
  doctorId: string | null;
  visitTypeId: string | null;
  deletedAt: number | null;
}

/**
 * What a provider or a kind of visit of Neo is here. One that is met for the first time is noted under its name, with no
 * meaning yet, so that the clinic can give it one.
 */
export const takeLink = (
  { desk, clinicId }: Scope,
  change: ChangeWriter,
  kind: 'provider' | 'visit_type',
  { externalId, name }: { externalId: string; name: string | null },
): Pick<Linked, 'doctorId' | 'visitTypeId'> => {
  const link = desk.replica
    .statement(
      `select id, name, doctor_id doctorId, visit_type_id visitTypeId, deleted_at deletedAt from outside_links
       where source = 'idexx' and kind = ? and external_id = ?`,
    )
    .get(kind, externalId) as Linked | undefined;
  if (!link) {
    const id = linkId(clinicId, 'idexx', kind, externalId);
    change.insert(outsideLinks, { id, source: 'idexx', kind, externalId, name });
  } else if (name !== null && name !== link.name) change.update(outsideLinks, link.id, { name });
  return link && link.deletedAt === null ? link : { doctorId: null, visitTypeId: null };
};
