import { Temporal } from 'temporal-polyfill';
import type { AuditFilter } from '../../../src-main/contract/audit.ts';
import { createKept } from '../../app/kept.ts';

/** What of the audit is asked for; days that were not chosen are the last week. */
export interface Asked extends Omit<AuditFilter, 'patientId'> {
  patient?: { id: string; name: string };
}

export const useAsked = createKept<{ asked: Asked }>(() => ({ asked: {} }));

/** Narrows what is asked for; undefined takes a filter away. */
export const ask = (narrowed: { [K in keyof Asked]?: Asked[K] | undefined }): void =>
  useAsked.setState(({ asked }) => {
    const all = Object.entries({ ...asked, ...narrowed }).filter(([, value]) => value !== undefined);
    return { asked: Object.fromEntries(all) as Asked };
  });

/** The filter with the days in it. */
export const filterOf = ({ patient, from, to, ...asked }: Asked, today: string): AuditFilter => ({
  ...asked,
  ...(patient ? { patientId: patient.id } : {}),
  from: from ?? Temporal.PlainDate.from(today).subtract({ days: 6 }).toString(),
  to: to ?? today,
});
