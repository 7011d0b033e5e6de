import { Anchor, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Affected } from '../../../src-main/contract/schedules.ts';
import { useLive } from '../../api/live.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import classes from './affected.module.css';

/**
 * Appointments to be moved, one after the other: the arrows choose, Enter finds the doctor's next free time, S a
 * colleague's. Each line says itself what has become of it, also when another desk moved it.
 */
export const AffectedDialog = ({ title, affected }: { title: string; affected: readonly Affected[] }) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [done, setDone] = useKept<ReadonlySet<string>>('done', new Set());
  const note = (id: string, isDone: boolean): void =>
    setDone((before) => {
      if (before.has(id) === isDone) return before;
      const next = new Set(before);
      if (isDone) next.add(id);
      else next.delete(id);
      return next;
    });
  const left = affected.filter(({ appointment }) => !done.has(appointment.id)).length;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-affected]') ?? [])];
    const at = lines.findIndex((line) => line.contains(document.activeElement));
    lines[Math.min(lines.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <DialogWindow title={title} size={760}>
      <Stack gap="md">
        <Text c="dimmed">{t('doctors.affected.intro')}</Text>
        <ul ref={list} className={classes['list']} onKeyDown={onKeyDown}>
          {affected.map(({ appointment, specialtyId }, place) => (
            <Line
              key={appointment.id}
              before={appointment}
              specialtyId={specialtyId}
              isFirst={place === 0}
              onDone={note}
            />
          ))}
        </ul>
        <Group justify="space-between">
          <span role="status">
            {left === 0 ? t('doctors.affected.allDone') : t('doctors.affected.left', { count: left })}
          </span>
          <Button variant={left === 0 ? 'filled' : 'default'} onClick={closeDialog}>
            {t('app.close')}
          </Button>
        </Group>
      </Stack>
    </DialogWindow>
  );
};

interface LineProps {
  /** As it stood when it was found to be in the way. */
  before: Appointment;
  specialtyId: string | null;
  isFirst: boolean;
  onDone: (id: string, isDone: boolean) => void;
}

const Line = ({ before, specialtyId, isFirst, onDone }: LineProps) => {
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const actions = useAppointmentActions();
  const now = useLive('appointment', { appointmentId: before.id }, ['appointments']).data ?? before;
  const moved = now.start !== before.start || now.doctorId !== before.doctorId;
  const isDone = moved || !['pending', 'scheduled'].includes(now.status);
  useEffect(() => onDone(before.id, isDone), [before.id, isDone, onDone]);

  const find = (who: { doctorId?: string; specialtyId?: string }): void =>
    openDialog({
      kind: 'nextFree',
      patient: now.patient,
      ...who,
      ...(now.visitTypeId ? { visitTypeId: now.visitTypeId } : {}),
      onTake: (time) => void actions.reschedule(now, time),
    });
  const next = (): void => find({ doctorId: before.doctorId });
  const colleague = (): void => find(specialtyId ? { specialtyId } : {});
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isDone || event.code !== 'KeyS' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    colleague();
  };
  return (
    <li className={classes['line']} data-done={isDone || undefined}>
      <UnstyledButton
        className={classes['who']}
        data-affected={before.id}
        {...(isFirst ? { 'data-autofocus': true } : {})}
        onClick={isDone ? undefined : next}
        onKeyDown={onKeyDown}
      >
        <strong className="tabular">{formats.moment(before.start, zoneOf(before.locationId))}</strong>
        <PersonName patient={before.patient} />
        {now.visitType && <span className="soft">{formats.name(now.visitType)}</span>}
      </UnstyledButton>
      {isDone ? (
        <Outcome now={now} moved={moved} />
      ) : (
        <Actions now={now} onNext={next} onColleague={colleague} />
      )}
    </li>
  );
};

const Outcome = ({ now, moved }: { now: Appointment; moved: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf, doctors } = useClinic();
  if (!moved) return <span className="soft">{t(`status.${now.status}`)}</span>;
  const doctor = doctors.find(({ id }) => id === now.doctorId);
  return (
    <span>
      {t('doctors.affected.moved', {
        when: formats.moment(now.start, zoneOf(now.locationId)),
        doctor: doctor ? formats.name(doctor.name) : '',
      })}
    </span>
  );
};

const Actions = ({
  now,
  onNext,
  onColleague,
}: {
  now: Appointment;
  onNext: () => void;
  onColleague: () => void;
}) => {
  const { t } = useTranslation();
  const phone = now.patient.phone ?? now.patient.owner?.phone ?? null;
  return (
    <span className={classes['actions']}>
      {phone ? (
        <Anchor href={`tel:${phone.replaceAll(' ', '')}`} className="tabular">
          {t('doctors.affected.call', { phone })}
        </Anchor>
      ) : (
        <span className="soft">{t('doctors.affected.noPhone')}</span>
      )}
      <Button size="compact-md" variant="default" onClick={onNext}>
        {t('doctors.affected.next')}
        <KeyCaps combo="Enter" />
      </Button>
      <Button size="compact-md" variant="subtle" onClick={onColleague}>
        {t('doctors.affected.colleague')}
        <KeyCaps combo="S" />
      </Button>
    </span>
  );
};
