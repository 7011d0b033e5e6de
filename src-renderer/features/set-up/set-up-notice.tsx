import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useDoor } from '../../app/door.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog, openDoctor, openSettings } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';

const TABLES = ['clinic_locations', 'doctors', 'schedule_templates', 'visit_types'];

/** Beside the notices: in the sample how to leave it, and in a new clinic the next step towards its first booking. */
export const SetUpNotice = () => {
  const { clinic } = useClinic();
  const mayManage = useMay('clinic.manage');
  if (!mayManage) return null;
  return clinic.isSample ? <Leave /> : <NextStep />;
};

const Leave = () => {
  const { t } = useTranslation();
  const canLeave = useClinic().clinic.canLeaveSample;
  if (!canLeave) return null;
  return (
    <Button variant="light" size="compact-xs" onClick={() => openDialog({ kind: 'ownClinic' })}>
      {t('setUp.start')}
    </Button>
  );
};

const NextStep = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors } = useClinic();
  const steps = useLive('setUpSteps', {}, TABLES).data;
  if (!steps) return null;
  if (steps.doctor && steps.hours && steps.visitTypes) return <FirstAdministrator />;
  const doctor = doctors.find(({ id }) => id === steps.doctorId);
  const next = !steps.doctor
    ? {
        text: t('setUp.notice.doctor'),
        action: t('setUp.notice.doDoctor'),
        go: () => openDialog({ kind: 'editDoctor' }),
      }
    : !steps.hours
      ? {
          text: t('setUp.notice.hours', { doctor: doctor ? formats.name(doctor.name) : '' }),
          action: t('setUp.notice.doHours'),
          go: () => openDoctor(steps.doctorId),
        }
      : {
          text: t('setUp.notice.visitTypes'),
          action: t('setUp.notice.doVisitTypes'),
          go: () => {
            openSettings('visits');
            openDialog({ kind: 'editVisitType' });
          },
        };
  return (
    <span>
      {next.text}{' '}
      <Button variant="light" size="compact-xs" onClick={next.go}>
        {next.action}
      </Button>
    </span>
  );
};

/** Once the clinic can work: who may do what. */
const FirstAdministrator = () => {
  const { t } = useTranslation();
  const isOpen = useDoor(({ door }) => door?.state === 'open');
  if (!isOpen) return null;
  return (
    <span>
      {t('staff.open.notice')}{' '}
      <Button variant="light" size="compact-xs" onClick={() => openDialog({ kind: 'firstAdministrator' })}>
        {t('staff.open.add')}
      </Button>
    </span>
  );
};
