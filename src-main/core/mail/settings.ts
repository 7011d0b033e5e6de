import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { MailSettings } from '../../contract/mail.ts';
import type { MailFault } from '../../contract/staff.ts';
import type { Desk } from '../desk.ts';
import type { Store } from '../replica/connection.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { testLetter } from './letters.ts';
import { isLoopback, type Mail, sendMail } from './mailer.ts';

/**
 * The mail server is set at each desk and not for the clinic: its password lies in the keychain of one PC, settings
 * without it would promise at the other desks what they cannot do, and a password that every desk reads is lost with any
 * of them.
 */
const MAIL = 'mail';

/** What is set at this desk; null where no mail goes out from here. */
const readMail = (store: Store): MailSettings | null =>
  MailSettings.safeParse(readSetting(store, MAIL)).data ?? null;

/** Sends a mail from this desk: null when it went, and why it did not; undefined where no mail server is set. */
export const sendFromHere = async (desk: Desk, mail: Mail): Promise<MailFault | null | undefined> => {
  const settings = readMail(desk.replica);
  if (!settings) return undefined;
  return sendMail(settings, (await desk.mailPassword?.read()) ?? null, mail);
};

/** The calls about the mail server of this desk. */
export const mailHandlers = (desk: Desk) => {
  const tell = async (): Promise<CallResult<'mailSettings'>> =>
    ok({
      settings: readMail(desk.replica),
      passwordSet: ((await desk.mailPassword?.read()) ?? null) !== null,
    });
  return {
    mailSettings: tell,

    setMailSettings: async (
      _session: unknown,
      { settings, password }: ParsedInput<'setMailSettings'>,
    ): Promise<CallResult<'setMailSettings'>> => {
      if (settings?.security === 'none' && !isLoopback(settings.host)) return refuse('tls_required');
      const before = readMail(desk.replica);
      // A password goes to the server that it was typed for and to no other.
      const keeps = before && settings && before.host === settings.host && before.user === settings.user;
      if (password !== undefined && settings?.user) await desk.mailPassword?.write(password);
      else if (!keeps) await desk.mailPassword?.write(null);
      writeSetting(desk.replica, MAIL, settings ?? undefined);
      return tell();
    },

    testMail: async (_session: unknown, { to }: ParsedInput<'testMail'>): Promise<CallResult<'testMail'>> => {
      const fault = await sendFromHere(desk, { to, ...testLetter(desk) });
      return fault === undefined ? refuse('mail_not_set') : ok({ fault });
    },
  };
};
