import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../src-main/contract/sync.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Choices } from './choices.tsx';
import { Clash } from './clash.tsx';
import classes from './conflicts.module.css';
import { Side } from './side.tsx';
import { kindOf, spokenColumns } from './words.ts';

/** One refused change in plain words: what it was, why it was refused and what with it, both sides, the choices. */
export const ConflictEntry = ({ conflict }: { conflict: Conflict }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { changeId, kind, code, refusedAt, mine, theirs, withIt, subject } = conflict;
  const with_ = withIt.map((one) => t(`conflicts.withKind.${kindOf(one)}`));
  return (
    <article className={classes['entry']} aria-labelledby={`conflict-${changeId}`}>
      <header>
        <h2 id={`conflict-${changeId}`}>{t(`conflicts.what.${kindOf(kind)}`, { name: subject.name })}</h2>
        <time dateTime={refusedAt} className="soft">
          {formats.moment(refusedAt, zone)}
        </time>
      </header>
      <p>{t(`conflicts.why.${code}`)}</p>
      {with_.length > 0 && <p>{t('conflicts.withIt', { what: formats.list(with_) })}</p>}
      {code === 'clash' && spokenColumns(conflict).length > 0 ? (
        <Clash conflict={conflict} />
      ) : (
        <div className={classes['sides']}>
          <Side title={t('conflicts.mine')} side={mine} none={t('conflicts.noDetails')} />
          <Side title={t('conflicts.theirs')} side={theirs} none={t('conflicts.gone')} />
        </div>
      )}
      <Choices conflict={conflict} />
    </article>
  );
};
