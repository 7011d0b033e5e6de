import { appointment } from './idexx-clinic.ts';
import type { NeoServer } from './outside/neo.ts';

/** Puts a day with all that a run can meet into a Neo, and nothing else. */
export const day = (neo: NeoServer): void => {
  neo.entries.clear();
  neo.consultations.clear();
  neo.faults.clear();
  const entries = [
    appointment(1, ['09:00', '09:30']),
    appointment(2, ['10:00', '10:30']),
    appointment(3, ['15:00', '15:30']),
    appointment(9, ['15:00', '15:30']),
    appointment(4, ['15:00', '15:30'], { resourceId: 2, provider: 'Nikos' }),
    appointment(5, ['16:00', '16:30'], { resourceId: 9, provider: 'Dr New' }),
    appointment(6, ['17:00', '17:30'], { status_label: 'On the moon' }),
    { ...appointment(7, ['13:00', '14:00']), appointment_id: null, is_block: true, title: 'Lunch' },
  ];
  for (const entry of entries) neo.entries.set(entry.id, entry);
  for (const number of [1, 2]) neo.finish(number, { notes: `Notes ${number}`, dischargeSummary: 'Rest.' });
};

/** What Neo says a while later: something of everything has changed. */
export const later = (neo: NeoServer): void => {
  neo.move(3, '2026-11-24 18:00:00', '2026-11-24 18:30:00');
  neo.remove(4);
  neo.finish(1, { notes: 'Notes 1, and more', dischargeSummary: 'Rest.' });
  neo.entries.delete(900_007);
  neo.entries.set(900_008, appointment(8, ['15:00', '15:30']));
};
