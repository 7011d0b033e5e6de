/** What says whether a patient's contact is known: of an animal, its owner's. */
export interface Contact {
  phone: string | null;
  address: string | null;
  /** Epoch milliseconds. */
  contactConfirmedAt: number | null;
}

/**
 * Whether phone and address must be asked for: one is missing, or they were confirmed before `since` (epoch
 * milliseconds, a year ago) or never.
 */
export const contactDue = ({ phone, address, contactConfirmedAt }: Contact, since: number): boolean =>
  !phone || !address || contactConfirmedAt === null || contactConfirmedAt < since;

/** First name before last name, as it is said in both languages of the clinic. */
export const fullName = (firstName: string, lastName: string): string => `${firstName} ${lastName}`.trim();
