import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { FreeTime } from '../../../src-main/contract/appointment.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { FreeTimes } from '../../ui/free-times.tsx';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './booking.module.css';

const TABLES = ['appointments', 'doctor_time_slots'];

/** Somebody without an appointment: the patient, Enter, and the doctor who is free soonest, Enter. */
export const WalkInDialog = ({ patient: first }: { patient?: PatientBrief }) => {
  const { t } = useTranslation();
  const [patient, setPatient] = useKept('patient', first ?? null);
  const [typed, setTyped] = useKept('typed', '');
  return (
    <DialogWindow title={t('booking.walkIn.title')} size={560}>
      {patient ? (
        <Stack gap="md">
          <div className={classes['who']}>
            <PatientLine patient={patient} />
            <Button variant="subtle" size="compact-md" onClick={() => setPatient(null)}>
              {t('booking.changePatient')}
            </Button>
          </div>
          <Soonest key={patient.id} patient={patient} />
        </Stack>
      ) : (
        <PatientPicker
          inline
          first
          label={t('booking.patient')}
          typed={typed}
          onType={setTyped}
          onPick={setPatient}
          onAdd={(text) => openDialog({ kind: 'register', typed: text, onDone: setPatient })}
        />
      )}
    </DialogWindow>
  );
};

/** The next free times of today; the chosen one is booked and the patient has arrived. */
const Soonest = ({ patient }: { patient: PatientBrief }) => {
  const { t } = useTranslation();
  const { location, zone, today } = useClinic();
  const errorText = useErrorText();
  const actions = useAppointmentActions();
  const [problem, setProblem] = useState<string | null>(null);
  const { data } = useLive('nextFree', { locationId: location.id }, TABLES);
  const isToday = ({ start }: FreeTime): boolean =>
    Temporal.Instant.from(start).toZonedDateTimeISO(zone).toPlainDate().toString() === today;

  const take = async (time: FreeTime): Promise<void> => {
    const answer = await call('book', { slotId: time.slotId, patientId: patient.id, type: 'walk_in' });
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    await actions.checkIn(answer.value);
  };
  return (
    <section aria-label={t('booking.walkIn.soonest')}>
      {problem && <Problem>{problem}</Problem>}
      {data && (
        <FreeTimes
          takesFocus
          times={data.filter(isToday)}
          none={t('booking.walkIn.none')}
          onTake={(time) => void take(time)}
        />
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={closeDialog}>
          {t('app.cancel')}
        </Button>
      </Group>
    </section>
  );
};
