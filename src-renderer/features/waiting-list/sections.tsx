import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { useLive } from '../../api/live.ts';
import { gapOf } from '../../app/gap-offer.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { isOwnedOutside } from '../../ui/outside.ts';
import { EntryLine, Wishes } from './entry-line.tsx';
import { EntryButtons } from './list-dialog.tsx';
import classes from './waiting-list.module.css';
import { useFits, WouldCome } from './would-come.tsx';

const TABLES = ['waiting_list_entries', 'appointments'];

/** Below the chosen appointment: who would come for the time that it left; or whether it is wished earlier. */
export const PanelWaitingList = ({ appointment }: { appointment: Appointment }) => {
  if (appointment.status === 'cancelled' || appointment.status === 'no_show')
    return <FreeAgain appointment={appointment} />;
  if (isOwnedOutside(appointment)) return null;
  if (appointment.status === 'scheduled' || appointment.status === 'pending')
    return <Earlier appointment={appointment} />;
  return null;
};

const FreeAgain = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const gap = gapOf(appointment);
  const fits = useFits(gap);
  if (!fits || fits.length === 0) return null;
  return (
    <section className={classes['panel']} aria-labelledby="panel-gap">
      <h3 id="panel-gap">{t('waitingList.gap.offer', { count: fits.length })}</h3>
      <WouldCome narrow gap={gap} fits={fits} />
    </section>
  );
};

const Earlier = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const mayWrite = useMay('schedule.write');
  const { data } = useLive('waitingList', { patientId: appointment.patient.id }, TABLES);
  const entry = data?.find((one) => one.appointment?.id === appointment.id);
  const open = (): unknown =>
    mayWrite &&
    openDialog(entry ? { kind: 'waitingListEntry', entry } : { kind: 'waitingListEntry', appointment });
  useKeys({ earlier: open });
  if (!data || !mayWrite) return null;
  return (
    <section className={classes['panel']} aria-label={t('waitingList.earlier')}>
      {entry && (
        <div>
          <h3>
            {t('waitingList.earlier')}
            {entry.urgent && <span className={classes['urgent']}>{t('waitingList.urgent')}</span>}
          </h3>
          <Wishes entry={entry} />
        </div>
      )}
      <Button
        fullWidth
        size="sm"
        variant="default"
        justify="space-between"
        rightSection={<KeyHint keyName="earlier" />}
        onClick={open}
      >
        {entry ? t('waitingList.edit') : t('waitingList.earlier')}
      </Button>
    </section>
  );
};

/** On a patient's page: what they wait for. */
export const PatientWaitingList = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const { data } = useLive('waitingList', { patientId: patient.id }, TABLES);
  return (
    <section className={classes['card']} aria-labelledby="patient-waiting-list">
      <Group justify="space-between">
        <h2 id="patient-waiting-list">{t('waitingList.earlier')}</h2>
        <Button
          variant="subtle"
          size="compact-md"
          onClick={() => openDialog({ kind: 'waitingListEntry', patient })}
        >
          {t('waitingList.entry.save')}
        </Button>
      </Group>
      {data && data.length > 0 && (
        <ul className={classes['list']}>
          {data.map((entry) => (
            <li key={entry.id}>
              <EntryLine entry={entry} />
              <EntryButtons entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
