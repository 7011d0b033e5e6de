import { Button, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { SeriesScope } from '../../../src-main/contract/series.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyCaps } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';

const scopes: readonly SeriesScope[] = ['this', 'this_and_later', 'all'];

/** Only this one, this and the later ones, or all: by 1, 2, 3, or the arrows and Enter. Esc gives up. */
export const ScopeDialog = ({
  appointment,
  about,
  onChoose,
}: {
  appointment: Appointment;
  about: 'cancel' | 'reschedule';
  onChoose: (scope: SeriesScope | null) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const list = useRef<HTMLDivElement>(null);
  const told = useRef(onChoose);
  useEffect(() => () => told.current(null), []);
  const choose = (scope: SeriesScope): void => {
    const tell = told.current;
    told.current = () => undefined;
    closeDialog();
    tell(scope);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const scope = scopes[Number(event.key) - 1];
    if (scope) choose(scope);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <DialogWindow title={t('series.scope.title')} size={420}>
      <Text mb="md">
        {fullName(appointment.patient)},{' '}
        <span className="tabular">{formats.moment(appointment.start, zoneOf(appointment.locationId))}</span>.{' '}
        {t(`series.scope.${about}`)}
      </Text>
      <Stack gap="sm" ref={list} onKeyDown={onKeyDown}>
        {scopes.map((scope, index) => (
          <Button
            key={scope}
            variant="default"
            justify="space-between"
            data-autofocus={index === 0 || undefined}
            rightSection={<KeyCaps combo={String(index + 1)} />}
            onClick={() => choose(scope)}
          >
            {t(`series.scope.${scope}`)}
          </Button>
        ))}
      </Stack>
    </DialogWindow>
  );
};
