import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Gap } from '../../../src-main/contract/waiting-list.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useFits, WouldCome } from './would-come.tsx';

/** A time that became free: who on the waiting list would come for it. */
export const GapDialog = ({ gap }: { gap: Gap }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf, doctors } = useClinic();
  const fits = useFits(gap);
  const doctor = doctors.find(({ id }) => id === gap.doctorId);
  const when = [formats.moment(gap.start, zoneOf(gap.locationId)), doctor && formats.name(doctor.name)];
  return (
    <DialogWindow title={t('waitingList.gap.title', { when: when.filter(Boolean).join(', ') })} size={560}>
      {fits && (
        <>
          <Text c="dimmed" mb="sm">
            {fits.length > 0 ? t('waitingList.gap.intro') : t('waitingList.gap.none')}
          </Text>
          {fits.length > 0 && <WouldCome gap={gap} fits={fits} onBooked={closeDialog} />}
        </>
      )}
    </DialogWindow>
  );
};
