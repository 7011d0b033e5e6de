import type { Appointment } from '../../src-main/contract/appointment.ts';
import type { SeriesScope } from '../../src-main/contract/series.ts';
import { openDialog } from './screen.ts';

/** Which appointments of its series something is about: asks where the appointment repeats. Null when nothing is to be done. */
export const askScope = (
  appointment: Appointment,
  about: 'cancel' | 'reschedule',
): Promise<SeriesScope | null> =>
  appointment.seriesId === null
    ? Promise.resolve('this')
    : new Promise((onChoose) => openDialog({ kind: 'seriesScope', appointment, about, onChoose }));
