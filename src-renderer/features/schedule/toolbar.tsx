import { ActionIcon, Button, Popover, SegmentedControl, Select } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { useClinic } from '../../app/clinic-data.tsx';
import { openDialog, showDay, showLocation } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { IconCalendar, IconNext, IconPrevious, IconSearch } from '../../ui/icons.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { BoardOptions } from './board-options.tsx';
import { useBoard } from './board-state.ts';

/** Day, view, location, what is shown of it, and the search. */
export const Toolbar = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { locations, location, doctors } = useClinic();
  const { view, weekDoctorId } = useBoard();
  return (
    <div className="toolbar">
      <DayControls />
      <SegmentedControl
        aria-label={t('board.view')}
        size="sm"
        value={view}
        onChange={(value) => useBoard.setState({ view: value === 'week' ? 'week' : 'day' })}
        data={[
          { value: 'day', label: t('board.day') },
          { value: 'week', label: t('board.week') },
        ]}
      />
      {view === 'week' && (
        <Select
          aria-label={t('board.doctor')}
          w={176}
          allowDeselect={false}
          searchable
          data={doctors.map((doctor) => ({ value: doctor.id, label: name(doctor.name) }))}
          value={weekDoctorId ?? doctors[0]?.id ?? null}
          onChange={(id) => useBoard.setState({ weekDoctorId: id })}
        />
      )}
      {locations.length > 1 && (
        <Select
          aria-label={t('app.location')}
          w={168}
          allowDeselect={false}
          data={locations.map((one) => ({ value: one.id, label: name(one.name) }))}
          value={location.id}
          onChange={(id) => id && showLocation(id)}
        />
      )}
      <BoardOptions />
      <Button
        className="toolbar-find"
        px={12}
        variant="default"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        onClick={() => openDialog({ kind: 'findPatient' })}
      >
        {t('board.find')}
        <KeyHint keyName="find" />
      </Button>
    </div>
  );
};

const DayControls = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { date, today } = useClinic();
  const [picking, setPicking] = useState(false);
  const days = useBoard((board) => (board.view === 'week' ? 7 : 1));
  useKeys({ pickDay: () => setPicking(true) });
  const turn = (by: number) => showDay(Temporal.PlainDate.from(date).add({ days: by }).toString());
  return (
    <div className="day-controls">
      <ActionIcon size={36} aria-label={t('board.previous')} onClick={() => turn(-days)}>
        <IconPrevious size={18} aria-hidden="true" />
      </ActionIcon>
      <Popover opened={picking} onChange={setPicking} trapFocus returnFocus transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <Button
            className="tabular day-button"
            variant="subtle"
            color="gray"
            leftSection={<IconCalendar size={16} aria-hidden="true" />}
            onClick={() => setPicking((open) => !open)}
          >
            {formats.day(date)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <DatePicker
            value={date}
            onChange={(day) => {
              setPicking(false);
              if (day) showDay(day);
            }}
            ariaLabels={{
              previousMonth: t('board.previousMonth'),
              nextMonth: t('board.nextMonth'),
              previousYear: t('board.previousYear'),
              nextYear: t('board.nextYear'),
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size={36} aria-label={t('board.next')} onClick={() => turn(days)}>
        <IconNext size={18} aria-hidden="true" />
      </ActionIcon>
      <Button variant={date === today ? 'light' : 'default'} onClick={() => showDay(null)}>
        {t('board.today')}
      </Button>
    </div>
  );
};
