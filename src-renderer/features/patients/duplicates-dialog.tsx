import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { PatientLine } from '../../ui/patient/patient-line.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './merge.module.css';

const PAGE = 25;

/** Pairs of records of the whole clinic that are likely to be of one person, likeliest first. */
export const DuplicatesDialog = () => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [from, setFrom] = useKept('from', 0);
  const { data, error } = useLive('possibleDuplicates', { from, limit: PAGE }, ['patient_merges']);
  const first = useRef<HTMLButtonElement>(null);
  const [top] = data?.pairs ?? [];
  // The pairs come after the window has opened, and the first goes when it was merged.
  useEffect(() => {
    if (top) first.current?.focus();
  }, [top]);
  const last = Math.min(from + PAGE, data?.total ?? 0);
  return (
    <DialogWindow title={t('patients.duplicates.title')} size={880}>
      <Stack gap="sm">
        {error && <Problem>{errorText(error, zone)}</Problem>}
        <Text c="dimmed" role="status">
          {data
            ? data.total === 0
              ? t('patients.duplicates.none')
              : t('patients.duplicates.found', { count: data.total })
            : t('patients.duplicates.looking')}
        </Text>
        <ul className={classes['pairs']}>
          {data?.pairs.map(({ patients: [one, two], grounds }, index) => (
            <li key={`${one.id} ${two.id}`}>
              <PatientLine patient={one} />
              <PatientLine patient={two} />
              <span className={classes['grounds']}>
                {grounds.map((ground) => t(`patients.register.grounds.${ground}`)).join(' · ')}
              </span>
              <Button
                variant="default"
                size="compact-md"
                ref={index === 0 ? first : undefined}
                onClick={() => openDialog({ kind: 'merge', patient: one, with: two })}
              >
                {t('patients.duplicates.compare')}
                <span className="sr-only"> {fullName(one)}</span>
              </Button>
            </li>
          ))}
        </ul>
        {data && data.total > PAGE && (
          <Group justify="space-between">
            <Text c="dimmed" className="tabular">
              {t('patients.duplicates.page', { from: from + 1, last, total: data.total })}
            </Text>
            <Group gap="sm">
              <Button variant="default" disabled={from === 0} onClick={() => setFrom(from - PAGE)}>
                {t('patients.duplicates.before')}
              </Button>
              <Button variant="default" disabled={last >= data.total} onClick={() => setFrom(from + PAGE)}>
                {t('patients.duplicates.after')}
              </Button>
            </Group>
          </Group>
        )}
      </Stack>
    </DialogWindow>
  );
};
