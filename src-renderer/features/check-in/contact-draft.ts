import { createKept } from '../../app/kept.ts';

interface Contact {
  phone: string;
  address: string;
  city: string;
}

/** Phone and address that were typed and not saved, by patient. */
export const useKeptContact = createKept<{ kept: Record<string, Contact> }>(() => ({ kept: {} }));

export const keepContact = (patientId: string, contact: Contact): void =>
  useKeptContact.setState(({ kept }) => ({ kept: { ...kept, [patientId]: contact } }));
export const dropContact = (patientId: string): void =>
  useKeptContact.setState(({ kept: { [patientId]: _dropped, ...kept } }) => ({ kept }));
