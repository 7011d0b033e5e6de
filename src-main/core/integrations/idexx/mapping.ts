import { createHash } from 'node:crypto';
import type { NeoAppointment } from './shapes.ts';
import { type NeoStatus, statusOfLabel } from './status.ts';
import { instantAt, type Span, spanOf } from './wall-time.ts';

/** A person or an animal of Neo, as long as our columns are. */
export interface NeoPerson {
  /** Neo's number. */
  externalId: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  email: string | null;
}

/** An appointment of Neo in our words. */
export interface Visit {
  appointmentId: string;
  consultationId: string | null;
  span: Span;
  status: NeoStatus;
  /** Neo's column of the calendar; null where nobody was assigned. */
  provider: { externalId: string; name: string | null } | null;
  /** What kind of visit it is called there. */
  type: string | null;
  /** Whose animal, and which one; null where Neo has not put them on file. */
  client: NeoPerson | null;
  animal: NeoPerson | null;
  /** Who comes, as it is called there. */
  personName: string | null;
  phone: string | null;
  email: string | null;
  title: string | null;
  reason: string | null;
  /** The field that cannot be read, and with a label that nobody knows the label; null where all can. */
  wrong: string | null;
  /** Follows from all of the above. */
  hash: string;
}

/** Time that Neo has blocked. */
export interface Block {
  id: string;
  span: Span;
  provider: { externalId: string; name: string | null };
  reason: string | null;
}

/** What an entry of Neo's calendar is here. */
export type Entry = { visit: Visit } | { block: Block } | null;

/** Longer than this nothing stands on the board (`appointments_length`). */
const LONGEST_MS = 12 * 3_600_000;
/** What stands in for the times of a visit that cannot be read: it is only ever listed, never put on the board. */
const UNREAD_MS = 60_000;

/**
 * One entry of Neo's calendar in our words, its times by the clinic's clock in `zone`. Rosters are nothing here, and so is
 * a block of nobody in particular.
 */
export const mapEntry = (entry: NeoAppointment, zone: string): Entry => {
  if (entry.isRoster) return null;
  const span = spanOf(entry.start, entry.end, zone);
  if (!entry.isBlock) return { visit: visitOf(entry, span, instantAt(entry.start, zone) ?? 0) };
  const provider = providerOf(entry);
  if (!span || !provider) return null;
  return { block: { id: entry.id, span, provider, reason: clip(entry.title ?? entry.reason, 255) } };
};

const visitOf = (entry: NeoAppointment, span: Span | null, start: number): Visit => {
  const label = entry.statusLabel ?? '';
  const status = statusOfLabel(label);
  const client = clientOf(entry);
  const visit = {
    // Neo gives every appointment its number; the entry's own stands in for the type's sake.
    appointmentId: entry.appointmentId ?? `entry-${entry.id}`,
    consultationId: entry.consultationId,
    span: span ?? { start, end: start + UNREAD_MS },
    status: status ?? 'scheduled',
    provider: providerOf(entry),
    type: clip(entry.typeDescription, 200),
    client,
    animal: animalOf(entry, client),
    personName: clip(nameOf(entry), 200),
    phone: clip(entry.phoneNumber, PHONE),
    email: clip(entry.email, EMAIL),
    title: clip(entry.title ?? entry.typeDescription, 200),
    reason: clip(entry.reason ?? entry.typeDescription, 255),
    wrong: wrongOf(span, status, label),
  };
  return { ...visit, hash: hashOf(visit) };
};

const wrongOf = (span: Span | null, status: NeoStatus | null, label: string): string | null => {
  if (!span || span.end - span.start > LONGEST_MS) return 'end';
  return status === null ? `status_label: ${clip(label, 100) ?? ''}` : null;
};

const providerOf = ({ resourceId, provider }: NeoAppointment): Visit['provider'] => {
  const externalId = clip(resourceId ?? provider, 200);
  return externalId === null ? null : { externalId, name: clip(provider, 200) };
};

const NAME = 100;
/** As long as `patients.phone` and `patients.email`. */
const PHONE = 30;
const EMAIL = 255;

const clientOf = (entry: NeoAppointment): NeoPerson | null =>
  entry.clientId === null ? null : personOf(entry.clientId, entry);

/** A client, of the calendar or of a consultation's page. */
export const personOf = (
  externalId: string,
  told: Pick<NeoAppointment, 'firstName' | 'lastName' | 'phoneNumber' | 'email'>,
): NeoPerson => ({
  externalId,
  firstName: clip(told.firstName, NAME) ?? '',
  lastName: clip(told.lastName, NAME) ?? '',
  phone: clip(told.phoneNumber, PHONE),
  email: clip(told.email, EMAIL),
});

/** An animal goes by its owner's family name; phone and e-mail are the owner's. */
const animalOf = (entry: NeoAppointment, owner: NeoPerson | null): NeoPerson | null =>
  entry.patientId === null
    ? null
    : {
        externalId: entry.patientId,
        firstName: clip(entry.patientName, NAME) ?? '',
        lastName: owner?.lastName ?? clip(entry.lastName, NAME) ?? '',
        phone: null,
        email: null,
      };

const nameOf = ({ patientName, firstName, lastName }: NeoAppointment): string | null => {
  const name = (patientName === null ? [firstName, lastName] : [patientName, lastName]).filter(Boolean);
  return name.length === 0 ? null : name.join(' ');
};

/** Text that Postgres can keep and that is no longer than its column; blanks are nothing. */
export const clip = (text: string | null, length: number): string | null => {
  const clean = [...(text ?? '').replace(/\0|\p{Surrogate}/gu, '').trim()].slice(0, length).join('').trim();
  return clean === '' ? null : clean;
};

/** What decides whether something is written at all: the same for the same values. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
