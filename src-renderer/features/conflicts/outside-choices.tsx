import { Button, Group, Select } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { OutsideName, OutsideProblem } from '../../../src-main/contract/outside.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { select, showDay, showLocation } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { FreeTimes } from '../../ui/free-times.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './conflicts.module.css';
import { useDecide } from './use-decide.ts';

interface ChoicesProps {
  problem: OutsideProblem;
  source: string;
  name: string;
}

const plain = ['keep_ours', 'keep_theirs', 'decline', 'retry', 'dismiss'] as const;

/** What can be done about a booking of an outside system; the soonest other time stands on its button. */
export const OutsideChoices = ({ problem, source, name }: ChoicesProps) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const mayWrite = useMay('schedule.write');
  const { decide, link, busy, problem: refused } = useDecide(problem, name);
  const [showOthers, setShowOthers] = useState(false);
  const { choices, freeTimes, unlinked, person } = problem;
  const [soonest, ...others] = freeTimes;
  return (
    <div className={classes['choices']}>
      {refused && <Problem>{refused}</Problem>}
      {unlinked && (
        <Link unlinked={unlinked} busy={busy} onLink={(doctorId) => void link(unlinked, doctorId)} />
      )}
      {mayWrite && (
        <Group gap="sm">
          {soonest && (
            <Button loading={busy} onClick={() => void decide('move', soonest)}>
              {t('outside.problem.move', { when: formats.moment(soonest.start, zoneOf(soonest.locationId)) })}
            </Button>
          )}
          {plain
            .filter((choice) => choices.includes(choice))
            .map((choice) => (
              <Button key={choice} variant="default" disabled={busy} onClick={() => void decide(choice)}>
                {t(`outside.problem.${choice}`, { source })}
              </Button>
            ))}
          {others.length > 0 && (
            <Button variant="subtle" aria-expanded={showOthers} onClick={() => setShowOthers(!showOthers)}>
              {t('outside.problem.otherTimes')}
            </Button>
          )}
        </Group>
      )}
      {choices.includes('move') && freeTimes.length === 0 && (
        <p className="soft">{t('outside.problem.noTimes')}</p>
      )}
      {showOthers && <FreeTimes times={others} none="" onTake={(time) => void decide('move', time)} />}
      <div className={classes['call']}>
        {person.phone && (
          <a href={`tel:${person.phone.replace(/[^+\d]/g, '')}`}>
            <IconPhone size={20} aria-hidden="true" />
            <span className="sr-only">{t('outside.problem.call', { name })} </span>
            {person.phone}
          </a>
        )}
        <OpenDay problem={problem} />
      </div>
    </div>
  );
};

/** Shows the day that it is about on the board. */
const OpenDay = ({ problem: { theirs, ours } }: { problem: OutsideProblem }) => {
  const { t } = useTranslation();
  const { zoneOf } = useClinic();
  const { start, locationId } = ours ?? theirs;
  const open = (): void => {
    select(null);
    if (locationId) showLocation(locationId);
    showDay(Temporal.Instant.from(start).toZonedDateTimeISO(zoneOf(locationId)).toPlainDate().toString());
  };
  return (
    <Button variant="subtle" size="compact-md" onClick={open}>
      {t('outside.problem.open')}
    </Button>
  );
};

/** Says who it is here, for whoever manages the clinic. */
const Link = ({
  unlinked,
  busy,
  onLink,
}: {
  unlinked: OutsideName;
  busy: boolean;
  onLink: (doctorId: string) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors } = useClinic();
  const mayManage = useMay('clinic.manage');
  const [doctorId, setDoctorId] = useState<string | null>(null);
  if (!mayManage) return <p className="soft">{t('outside.problem.linkMay')}</p>;
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('outside.problem.linkWho', { name: unlinked.name ?? unlinked.externalId })}
        data={doctors.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
        value={doctorId}
        onChange={setDoctorId}
        searchable
      />
      <Button disabled={doctorId === null || busy} onClick={() => doctorId && onLink(doctorId)}>
        {t('outside.problem.link')}
      </Button>
    </Group>
  );
};
