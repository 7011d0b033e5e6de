import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlannedVisit } from '../../src-main/contract/series.ts';
import { useFormats } from '../i18n/format.ts';
import classes from './planned-visits.module.css';

/** What was chosen for a date, by when the rule puts it: a slot, or null to leave it out. */
export type Choices = Readonly<Record<string, string | null>>;

const slotFor = (visit: PlannedVisit, choices: Choices): string | null => {
  const chosen = choices[visit.start];
  if (chosen !== undefined) return chosen;
  return visit.state === 'free' ? visit.slotId : null;
};

/** The dates that are to be booked or moved; a slot that is no longer offered counts as left out. */
export const chosenVisits = (visits: readonly PlannedVisit[], choices: Choices) =>
  visits.flatMap((visit) => {
    const slotId = slotFor(visit, choices);
    const offered = [
      visit.state === 'free' ? visit.slotId : null,
      ...visit.alternatives.map((time) => time.slotId),
    ];
    return slotId !== null && offered.includes(slotId)
      ? [{ appointmentId: visit.appointmentId, slotId, at: visit.start }]
      : [];
  });

/**
 * The dates of a series before they are saved: a free one can be left out, one that is taken or closed says by what and
 * offers other times of that day.
 */
export const PlannedVisits = ({
  visits,
  choices,
  zone,
  label,
  onChoose,
}: {
  visits: readonly PlannedVisit[];
  choices: Choices;
  zone: string;
  label: string;
  onChoose: (start: string, slotId: string | null) => void;
}) => (
  <ol className={classes['visits']} aria-label={label}>
    {visits.map((visit) => (
      <li key={visit.start} data-state={visit.state}>
        {visit.state === 'free' ? (
          <FreeDate visit={visit} zone={zone} chosen={slotFor(visit, choices) !== null} onChoose={onChoose} />
        ) : (
          <OtherDate visit={visit} zone={zone} chosen={slotFor(visit, choices)} onChoose={onChoose} />
        )}
      </li>
    ))}
  </ol>
);

const FreeDate = ({
  visit,
  zone,
  chosen,
  onChoose,
}: {
  visit: PlannedVisit;
  zone: string;
  chosen: boolean;
  onChoose: (start: string, slotId: string | null) => void;
}) => {
  const formats = useFormats();
  return (
    <Checkbox
      label={<span className="tabular">{formats.moment(visit.start, zone)}</span>}
      checked={chosen}
      onChange={(event) => onChoose(visit.start, event.currentTarget.checked ? visit.slotId : null)}
    />
  );
};

const OtherDate = ({
  visit,
  zone,
  chosen,
  onChoose,
}: {
  visit: PlannedVisit;
  zone: string;
  chosen: string | null;
  onChoose: (start: string, slotId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const when = formats.moment(visit.start, zone);
  const why = (): string => {
    const { inTheWay } = visit;
    if (!inTheWay) return t('series.closed');
    return t('series.taken', { who: inTheWay.patientName || (inTheWay.heldBy ?? '') });
  };
  return (
    <>
      <span>
        <span className={`tabular ${classes['gone']}`}>{when}</span>{' '}
        <span className={classes['why']}>{why()}</span>
      </span>
      <NativeSelect
        size="xs"
        w={168}
        flex="none"
        aria-label={t('series.insteadOf', { when })}
        data={[
          { value: '', label: t('series.leaveOut') },
          ...visit.alternatives.map(({ slotId, start }) => ({
            value: slotId,
            label: formats.moment(start, zone),
          })),
        ]}
        value={chosen ?? ''}
        onChange={(event) => onChoose(visit.start, event.currentTarget.value || null)}
      />
    </>
  );
};
