import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { IconRemove } from '../../ui/icons.ts';
import { parseClock } from './clock-text.ts';
import classes from './doctors.module.css';
import { addStretch, copyDay, type HoursDraft, type StretchDraft, type StretchWrong } from './hours-draft.ts';
import { useWeekday } from './weekday.ts';

interface DayRowProps {
  weekday: number;
  /** The day above, whose hours an empty day may take over. */
  before: number | undefined;
  draft: HoursDraft;
  wrongs: ReadonlyMap<number, StretchWrong>;
  /** Where the doctor works unless told otherwise. */
  locationId: string | null;
  onChange: (draft: HoursDraft) => void;
}

/** One day of the week in the editor: its stretches, and how to add one. */
export const DayRow = ({ weekday, before, draft, wrongs, locationId, onChange }: DayRowProps) => {
  const { t } = useTranslation();
  const { location } = useClinic();
  const nameOf = useWeekday();
  const day = nameOf(weekday);
  const own = draft.stretches.filter((stretch) => stretch.weekday === weekday);
  const above = before !== undefined && draft.stretches.some((stretch) => stretch.weekday === before);
  const set = (key: number, part: Partial<StretchDraft>): void =>
    onChange({
      ...draft,
      stretches: draft.stretches.map((stretch) => (stretch.key === key ? { ...stretch, ...part } : stretch)),
    });
  return (
    <>
      <div className={classes['dayName']}>{day}</div>
      <div className={classes['stretches']}>
        {own.map((stretch) => (
          <Stretch
            key={stretch.key}
            day={day}
            stretch={stretch}
            wrong={wrongs.get(stretch.key)}
            onChange={(part) => set(stretch.key, part)}
            onRemove={() =>
              onChange({ ...draft, stretches: draft.stretches.filter(({ key }) => key !== stretch.key) })
            }
          />
        ))}
        <div className={classes['dayActions']}>
          {own.length === 0 && <span className="soft">{t('doctors.hours.free')}</span>}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('doctors.hours.addOn', { day })}
            {...(weekday === 1 && own.length === 0 ? { 'data-first': true } : {})}
            onClick={() => onChange(addStretch(draft, weekday, locationId ?? location.id))}
          >
            {t('doctors.hours.add')}
          </Button>
          {own.length === 0 && above && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => onChange(copyDay(draft, before, weekday))}
            >
              {t('doctors.hours.sameAs', { day: nameOf(before) })}
            </Button>
          )}
        </div>
      </div>
    </>
  );
};

const Stretch = ({
  day,
  stretch,
  wrong,
  onChange,
  onRemove,
}: {
  day: string;
  stretch: StretchDraft;
  wrong: StretchWrong | undefined;
  onChange: (part: Partial<StretchDraft>) => void;
  onRemove: () => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { locations } = useClinic();
  const rooms = locations.find(({ id }) => id === stretch.locationId)?.rooms ?? [];
  const clock = (which: 'starts' | 'ends') => ({
    className: classes['clock'] ?? '',
    'aria-label':
      which === 'starts' ? t('doctors.hours.startsOn', { day }) : t('doctors.hours.endsOn', { day }),
    value: stretch[which],
    autoComplete: 'off',
    'aria-invalid': wrong !== undefined,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [which]: event.currentTarget.value }),
    // What was meant is shown once the field is left.
    onBlur: () => onChange({ [which]: parseClock(stretch[which], which === 'ends') ?? stretch[which] }),
  });
  return (
    <div className={classes['stretch']}>
      <TextInput {...clock('starts')} data-first error={wrong && t(`doctors.hours.${wrong}`)} />
      <span className="soft">{t('doctors.hours.ends')}</span>
      <TextInput {...clock('ends')} />
      {locations.length > 1 && (
        <Select
          aria-label={t('doctors.hours.locationOn', { day })}
          data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          value={stretch.locationId}
          allowDeselect={false}
          w={176}
          onChange={(value) => value && onChange({ locationId: value, roomId: null })}
        />
      )}
      {rooms.length > 0 && (
        <Select
          aria-label={t('doctors.hours.roomOn', { day })}
          placeholder={t('doctors.hours.noRoom')}
          data={rooms.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          value={stretch.roomId}
          clearable
          clearButtonProps={{ 'aria-label': t('doctors.hours.noRoom') }}
          w={152}
          onChange={(roomId) => onChange({ roomId })}
        />
      )}
      <ActionIcon size={36} aria-label={t('doctors.hours.removeOn', { day })} onClick={onRemove}>
        <IconRemove size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
};
