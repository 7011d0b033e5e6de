import { Button, Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { SeriesScope } from '../../../src-main/contract/series.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog, type SlotChoice } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { PlannedVisits } from '../../ui/planned-visits.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSeriesChange } from './use-series-change.ts';

const scopes: readonly SeriesScope[] = ['this', 'this_and_later', 'all'];

/** Changes time, doctor, length or reason of a series: every date with what is in its way, before anything is saved. */
export const ChangeSeriesDialog = ({
  appointment,
  slot,
  scope = 'this_and_later',
}: {
  appointment: Appointment;
  slot?: SlotChoice;
  scope?: SeriesScope;
}) => {
  const { t } = useTranslation();
  const change = useSeriesChange(appointment, slot, scope);
  const count = change.moves ? change.chosen.length : change.planned.length;
  const clashes = change.planned.filter(({ state }) => state !== 'free').length;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void change.save();
  };
  return (
    <DialogWindow title={t('series.change.title', { name: fullName(appointment.patient) })} size={560}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <SegmentedControl
            aria-label={t('series.change.which')}
            data={scopes.map((value) => ({ value, label: t(`series.scope.${value}`) }))}
            value={change.scope}
            onChange={(value) => change.setScope(scopes.find((one) => one === value) ?? 'this')}
          />
          <WhenLine appointment={appointment} change={change} />
          <Group gap="md" wrap="nowrap">
            <NumberInput
              w={168}
              flex="none"
              label={t('series.change.minutes')}
              min={5}
              max={720}
              step={5}
              clampBehavior="strict"
              allowDecimal={false}
              value={change.minutes}
              onChange={(value) => typeof value === 'number' && value >= 5 && change.setMinutes(value)}
            />
            <TextInput
              flex={1}
              data-autofocus
              label={t('series.change.reason')}
              maxLength={255}
              autoComplete="off"
              value={change.reason}
              onChange={(event) => change.setReason(event.currentTarget.value)}
            />
          </Group>
          {change.planned.length === 0 && <Text c="dimmed">{t('series.change.nothing')}</Text>}
          {change.moves && change.planned.length > 0 && (
            <>
              <PlannedVisits
                visits={change.planned}
                choices={change.choices}
                zone={change.zone}
                label={t('series.dates')}
                onChoose={change.choose}
              />
              {clashes > 0 && (
                <Text size="xs" c="dimmed" role="status">
                  {t('series.clashes', { count: clashes })}
                </Text>
              )}
            </>
          )}
          {change.problem && <Problem>{change.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" disabled={count === 0}>
              {t('series.change.save', { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** Where the chosen appointment goes, and a way to another time. */
const WhenLine = ({
  appointment,
  change,
}: {
  appointment: Appointment;
  change: ReturnType<typeof useSeriesChange>;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, zoneOf } = useClinic();
  const { slot, zone } = change;
  const doctor = doctors.find(({ id }) => id === (slot?.doctorId ?? appointment.doctorId));
  const old = formats.moment(appointment.start, zoneOf(appointment.locationId));
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="xs" c="dimmed">
          {t('series.change.time')}
        </Text>
        <Text className="tabular">
          {slot ? `${old} → ${formats.moment(slot.start, zone)}` : old}
          {doctor && ` · ${formats.name(doctor.name)}`}
        </Text>
      </div>
      <Button variant="subtle" size="compact-md" flex="none" onClick={change.findAnotherTime}>
        {t('series.change.chooseTime')}
      </Button>
    </Group>
  );
};
