import { z } from 'zod';
import { call } from '../call.ts';
import { CallDisplay, KioskAnswer, Station, Stations } from '../kiosk.ts';
import { Bilingual, Day, Id, Instant } from '../values.ts';

const pin = z.string().regex(/^\d{4,8}$/);
const name = z.string().trim().min(1).max(100);

/**
 * Screens that patients can reach. A kiosk's session has the right `kiosk` and no other, a display's `display`: every
 * other call answers `not_allowed`.
 */
export const kioskCalls = {
  kioskState: call({
    summary: 'Whether this screen is a kiosk, and whose.',
    input: z.object({}),
    output: z.object({
      isKiosk: z.boolean(),
      clinicName: Bilingual,
      clinicKind: z.enum(['human', 'veterinary']),
    }),
    right: 'kiosk',
    errors: [],
  }),
  kioskCheckIn: call({
    summary:
      'A patient checks in at the kiosk by name and birth date. Answers only where to go, and never why; too many that fit nobody are all sent to the front desk for a while.',
    input: z.object({ firstName: name, lastName: name, dateOfBirth: Day }),
    output: z.object({ answer: KioskAnswer }),
    right: 'kiosk',
    errors: ['disk_full'],
  }),
  leaveKiosk: call({
    summary:
      'Ends the kiosk at this screen. After five wrong PINs the next try has to wait, longer each time.',
    input: z.object({ pin }),
    output: z.object({}),
    right: 'kiosk',
    errors: ['wrong_pin', 'disk_full'],
  }),
  callDisplay: call({
    summary: 'Who is called, for the screen in the waiting room: short labels, never whole names.',
    input: z.object({
      locationId: Id.optional().describe('For a person at the desk; a display has its own.'),
    }),
    output: CallDisplay,
    right: 'display',
    errors: ['not_found'],
  }),
  stations: call({
    summary: 'The screens of this desk that patients can reach, and whether a PIN is set to leave a kiosk.',
    input: z.object({}),
    output: Stations,
    right: 'desk',
    errors: [],
  }),
  setKioskPin: call({
    summary: 'Sets the PIN that leaves a kiosk at this desk.',
    input: z.object({ pin }),
    output: z.object({}),
    right: 'desk',
    errors: ['disk_full'],
  }),
  enterKiosk: call({
    summary: "Makes the desk's own screen a kiosk until the PIN is given, also over a restart.",
    input: z.object({ locationId: Id }),
    output: z.object({}),
    right: 'desk',
    errors: ['not_found', 'pin_not_set', 'disk_full'],
  }),
  openStation: call({
    summary: 'A ticket that makes another browser a kiosk or a display, once and within ten minutes.',
    input: Station,
    output: z.object({ ticket: z.string(), until: Instant }),
    right: 'desk',
    errors: ['not_found', 'pin_not_set'],
  }),
  closeStations: call({
    summary: 'Ends every kiosk and display that was opened by a ticket.',
    input: z.object({}),
    output: z.object({}),
    right: 'desk',
    errors: [],
  }),
};
