import { useTranslation } from 'react-i18next';
import type { OutsideProblem } from '../../../src-main/contract/outside.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './conflicts.module.css';
import { OutsideChoices } from './outside-choices.tsx';

/** A booking of an outside system that somebody has to decide about: what it is, why, both sides, the choices. */
export const OutsideEntry = ({ problem }: { problem: OutsideProblem }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { id, since, title, notSent } = problem;
  const source = t(`outside.source.${problem.source}`);
  const name = problem.person.name || t('outside.problem.somebody');
  return (
    <article className={classes['entry']} aria-labelledby={`outside-${id}`}>
      <header>
        <h2 id={`outside-${id}`}>{t(`outside.problem.title.${problem.problem}`, { source, name })}</h2>
        <time dateTime={since} className="soft">
          {formats.moment(since, zone)}
        </time>
      </header>
      <p>
        <Why problem={problem} source={source} />
      </p>
      {notSent?.message && <p>{t('outside.problem.says', { source, message: notSent.message })}</p>}
      <div className={classes['sides']}>
        <Side
          title={t('outside.problem.there', { source })}
          name={name}
          place={problem.theirs}
          note={title}
        />
        <Here problem={problem} name={name} />
      </div>
      <OutsideChoices problem={problem} source={source} name={name} />
    </article>
  );
};

/** Why it is here, in a sentence. */
const Why = ({ problem, source }: { problem: OutsideProblem; source: string }) => {
  const { t } = useTranslation();
  const { unlinked, where, inTheWay } = problem;
  switch (problem.problem) {
    case 'taken':
      return t(inTheWay ? 'outside.problem.why.taken' : 'outside.problem.why.takenLeft', { source });
    case 'unknown_doctor':
      return unlinked
        ? t('outside.problem.why.unknown_doctor', { source, name: unlinked.name ?? unlinked.externalId })
        : t('outside.problem.why.unknown_doctorAlone');
    case 'invalid':
      return where ? t('outside.problem.why.invalid', { where }) : t('outside.problem.why.invalidAlone');
    case 'changed_both':
    case 'not_sent':
      return t(`outside.problem.why.${problem.problem}`, { source });
  }
};

/** What stands here: whoever has the time, or the same appointment as it is here. */
const Here = ({ problem, name }: { problem: OutsideProblem; name: string }) => {
  const { t } = useTranslation();
  const { inTheWay, ours, theirs } = problem;
  if (inTheWay) {
    const place = { ...inTheWay, locationId: theirs.locationId, status: null };
    return (
      <Side title={t('outside.problem.inTheWay')} name={inTheWay.patientName} place={place} note={null} />
    );
  }
  if (ours) return <Side title={t('outside.problem.here')} name={name} place={ours} note={null} />;
  return (
    <section className={classes['side']}>
      <h3>{t('outside.problem.here')}</h3>
      <p className="soft">{t('outside.problem.notHere')}</p>
    </section>
  );
};

type Place = Omit<OutsideProblem['theirs'], 'doctorId' | 'status'> & {
  status: OutsideProblem['theirs']['status'] | null;
};

const Side = ({
  title,
  name,
  place: { doctorName, locationId, start, end, status },
  note,
}: {
  title: string;
  name: string;
  place: Place;
  note: string | null;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const zone = zoneOf(locationId);
  return (
    <section className={classes['side']}>
      <h3>{title}</h3>
      <p className={classes['strong']}>{name}</p>
      <p className="tabular">
        {formats.dayOf(start, zone)}, {formats.range(start, end, zone)}
      </p>
      <p>{doctorName ? formats.name(doctorName) : t('outside.problem.nobodyLinked')}</p>
      {note && <p className="soft">{note}</p>}
      {status && <StatusBadge status={status} />}
    </section>
  );
};
