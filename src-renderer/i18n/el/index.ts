import type { en } from '../en/index.ts';
import type { SameKeys } from '../same-keys.ts';
import { account } from './account.ts';
import { app } from './app.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { board } from './board.ts';
import { booking } from './booking.ts';
import { calls } from './calls.ts';
import { cases } from './cases.ts';
import { checkIn } from './checkIn.ts';
import { conflicts } from './conflicts.ts';
import { connections } from './connections.ts';
import { desks } from './desks.ts';
import { diagnostics } from './diagnostics.ts';
import { doctors } from './doctors.ts';
import { errorParts, errors } from './errors.ts';
import { idexx } from './idexx.ts';
import { imports } from './imports.ts';
import { kiosk } from './kiosk.ts';
import { messages } from './messages.ts';
import { outside } from './outside.ts';
import { patients } from './patients.ts';
import { payments } from './payments.ts';
import { prescriptions } from './prescriptions.ts';
import { printing } from './printing.ts';
import { reports } from './reports.ts';
import { series } from './series.ts';
import { settings } from './settings.ts';
import { setUp } from './setUp.ts';
import { signIn } from './signIn.ts';
import { staff } from './staff.ts';
import { alerts, status } from './status.ts';
import { sync } from './sync.ts';
import { waitingList } from './waitingList.ts';
import { waitingRoom } from './waitingRoom.ts';

export const el: SameKeys<typeof en> = {
  account,
  app,
  audit,
  backup,
  board,
  errors,
  errorParts,
  status,
  alerts,
  booking,
  calls,
  cases,
  checkIn,
  conflicts,
  connections,
  diagnostics,
  doctors,
  idexx,
  imports,
  kiosk,
  messages,
  outside,
  patients,
  payments,
  prescriptions,
  printing,
  series,
  reports,
  settings,
  setUp,
  staff,
  desks,
  signIn,
  sync,
  waitingList,
  waitingRoom,
};
