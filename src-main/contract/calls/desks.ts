import { z } from 'zod';
import { call } from '../call.ts';
import { ClinicDesk, DeskName, OwnSecrets, OwnStanding } from '../desks.ts';
import { Id } from '../values.ts';

const Nothing = z.object({});
const deskId = Id;

/** The clinic's desks, which central alone can take from one another, and the secrets of this one. */
export const deskCalls = {
  clinicDesks: call({
    summary: 'The desks of the clinic by name, with when each last spoke with central.',
    input: Nothing,
    output: z.array(ClinicDesk),
    right: 'desks.manage',
    errors: ['needs_central', 'not_signed_in'],
  }),
  disableDesk: call({
    summary:
      'Stops a desk at its next contact and signs everybody out there; with wipe it then destroys what it holds, what it had not sent included.',
    input: z.object({ deskId, wipe: z.boolean() }),
    output: Nothing,
    right: 'desks.manage',
    errors: ['not_found', 'own_desk', 'needs_central', 'not_signed_in'],
  }),
  enableDesk: call({
    summary:
      'Lets a disabled desk work again. One that was wiped needs a new address of central to begin anew.',
    input: z.object({ deskId }),
    output: Nothing,
    right: 'desks.manage',
    errors: ['not_found', 'needs_central', 'not_signed_in'],
  }),
  freeKeptSlots: call({
    summary:
      'Frees the slots that are kept for a desk which is not coming back; what it booked on them without a connection may then be refused when it does.',
    input: z.object({ deskId }),
    output: z.object({ freed: z.int() }),
    right: 'desks.manage',
    errors: ['not_found', 'needs_central', 'not_signed_in'],
  }),
  renameDesk: call({
    summary: 'Gives a desk another name.',
    input: z.object({ deskId, name: DeskName }),
    output: Nothing,
    right: 'desks.manage',
    errors: ['not_found', 'name_in_use', 'needs_central', 'not_signed_in'],
  }),
  deskSecrets: call({
    summary:
      "How old the key of this desk's copy and its password at central are, and how a change of them goes.",
    input: Nothing,
    output: OwnSecrets,
    right: 'desks.manage',
    errors: [],
  }),
  changeDeskKey: call({
    summary: "Begins to encrypt this desk's copy anew, under a new key, while work goes on.",
    input: Nothing,
    output: OwnSecrets,
    right: 'desks.manage',
    errors: ['no_keychain'],
  }),
  changeDeskPassword: call({
    summary: "Begins to change this desk's password at central, while work goes on.",
    input: Nothing,
    output: OwnSecrets,
    right: 'desks.manage',
    errors: ['needs_central', 'no_keychain'],
  }),
  standing: call({
    summary: 'Whether this desk may be used, or was disabled or wiped.',
    input: Nothing,
    output: OwnStanding,
    right: 'door',
    errors: [],
  }),
};
