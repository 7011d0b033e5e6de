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
import { useWhoseWeek, weekOf } from './use-columns.ts';

/** Day, view, whose columns, location, what is shown of it, and the search. */
export const Toolbar = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { locations, location } = useClinic();
  const { view, by } = useBoard();
  return (
    <div className="toolbar" data-view={view}>
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
      <SegmentedControl
        aria-label={t('board.by')}
        size="sm"
        value={by}
        onChange={(value) => useBoard.setState({ by: value === 'room' ? 'room' : 'doctor' })}
        data={[
          { value: 'doctor', label: t('board.byDoctor') },
          { value: 'room', label: t('board.byRoom') },
        ]}
      />
      {view === 'week' && <WhoseWeek />}
      {locations.length > 1 && (
        <Select
          aria-label={t('app.location')}
          className="toolbar-select"
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
        <span className="tool-word">{t('board.find')}</span>
        <KeyHint keyName="find" />
      </Button>
    </div>
  );
};

/** Whose week it is. */
const WhoseWeek = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { doctors, location } = useClinic();
  const byRoom = useBoard((board) => board.by === 'room');
  const { doctorId, roomId } = useWhoseWeek();
  const offered = byRoom ? location.rooms : doctors;
  return (
    <Select
      key={byRoom ? 'room' : 'doctor'}
      aria-label={byRoom ? t('board.room') : t('board.doctor')}
      className="toolbar-select"
      allowDeselect={false}
      searchable
      data={offered.map((one) => ({ value: one.id, label: name(one.name) }))}
      value={byRoom ? roomId : doctorId}
      onChange={(id) => useBoard.setState(byRoom ? { weekRoomId: id } : { weekDoctorId: id })}
    />
  );
};

const DayControls = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { date, today, clinic } = useClinic();
  const [picking, setPicking] = useState(false);
  const week = useBoard((board) => board.view === 'week');
  const days = week ? 7 : 1;
  const [first = date, last = date] = week
    ? weekOf(date, clinic.firstWeekday).filter((_, n) => n % 6 === 0)
    : [];
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
            {week ? formats.days(first, last) : formats.day(date)}
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
