import type { CodePurpose } from '../../contract/staff.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk } from '../desk.ts';
import { clinics } from '../schema/replica/index.ts';
import type { Mail } from './mailer.ts';

type Letter = Omit<Mail, 'to'>;

interface Code {
  name: string;
  purpose: CodePurpose;
  /** As it is shown. */
  code: string;
  /** Instant, UTC. */
  expiresAt: string;
}

/** Who writes, in both languages, and the clinic's clock. */
const sender = (desk: Desk) => {
  const row = desk.replica.orm.select().from(clinics).get();
  const en = row?.name ?? '';
  return { en, el: row?.nameEl ?? en, zone: zoneOf(desk, null) };
};

/** The mail with a code: in both languages, since nothing says yet which one its reader wants. */
export const codeLetter = (desk: Desk, { name, purpose, code, expiresAt }: Code): Letter => {
  const { en, el, zone } = sender(desk);
  const until = (locale: string): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(
      Date.parse(expiresAt),
    );
  const isInvitation = purpose === 'invite';
  return {
    subject: isInvitation
      ? `${el}: πρόσκληση · ${en}: invitation`
      : `${el}: νέος κωδικός · ${en}: new password`,
    text: [
      `${name},`,
      '',
      isInvitation
        ? `Σας άνοιξαν λογαριασμό στη γραμματεία (${el}).`
        : `Ζητήθηκε νέος κωδικός πρόσβασης για τον λογαριασμό σας (${el}).`,
      'Στη σελίδα σύνδεσης επιλέξτε «Έχω κωδικό μιας χρήσης» και πληκτρολογήστε:',
      '',
      `    ${code}`,
      '',
      `Ισχύει για μία φορά, έως ${until('el-GR')}. Μην τον δώσετε σε κανέναν.`,
      'Αν δεν το περιμένατε, αγνοήστε αυτό το μήνυμα και ενημερώστε τον διαχειριστή.',
      '',
      '· · ·',
      '',
      isInvitation
        ? `You have an account at the front desk of ${en}.`
        : `A new password was asked for, for your account at ${en}.`,
      'On the sign-in page choose “I have a code” and type:',
      '',
      `    ${code}`,
      '',
      `It works once, until ${until('en-GB')}. Give it to nobody.`,
      'If you did not expect this, ignore this message and tell an administrator.',
      '',
    ].join('\n'),
  };
};

/** The mail that tries the settings out. */
export const testLetter = (desk: Desk): Letter => {
  const { en, el } = sender(desk);
  return {
    subject: `${el}: δοκιμή e-mail · ${en}: test`,
    text: `Τα e-mail από αυτή τη θέση φτάνουν (${el}).\n\nMail from this desk arrives (${en}).\n`,
  };
};
