import { z } from 'zod';
import { Bilingual, Id, Instant, TimeZone } from './values.ts';

/** A screen that patients can reach: one to check in at, or the one on the wall that calls them. */
export const StationKind = z.enum(['kiosk', 'display']);
export type StationKind = z.infer<typeof StationKind>;

/** Where such a screen stands. It serves one location and can do nothing else. */
export const Station = z.object({ kind: StationKind, locationId: Id });
export type Station = z.infer<typeof Station>;

/** All that the kiosk tells a patient: to sit down, or to speak with a person. Never whether a name is known. */
export const KioskAnswer = z.enum(['seated', 'front_desk']);
export type KioskAnswer = z.infer<typeof KioskAnswer>;

/** Somebody on the wall screen: never a whole name. */
export const Called = z.object({
  /** `Μαρία Π.`; of two alike with the appointed time, which each knows: `Μαρία Π. 09:15`. */
  label: z.string(),
  /** `go_in`: called into the room just now. `ready`: next. */
  what: z.enum(['go_in', 'ready']),
  doctorName: Bilingual,
  roomName: Bilingual.nullable(),
});
export type Called = z.infer<typeof Called>;

/** What the wall screen shows. */
export const CallDisplay = z.object({
  clinicName: Bilingual,
  timezone: TimeZone,
  called: z.array(Called),
});
export type CallDisplay = z.infer<typeof CallDisplay>;

/** The screens of this desk that patients can reach. */
export const Stations = z.object({
  pinSet: z.boolean(),
  open: z.array(Station.extend({ since: Instant })),
});
export type Stations = z.infer<typeof Stations>;
