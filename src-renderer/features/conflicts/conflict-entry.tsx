import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../src-main/contract/sync.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Choices } from './choices.tsx';
import { Clash } from './clash.tsx';
import classes from './conflicts.module.css';
import { Side } from './side.tsx';
import { isAboutWho, kindOf, needOf, spokenColumns } from './words.ts';

/** One refused change in plain words: what it was, why it was refused and what with it, both sides, the choices. */
export const ConflictEntry = ({ conflict }: { conflict: Conflict }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const { changeId, kind, code, refusedAt, mine, theirs, withIt, subject } = conflict;
  const need = needOf(conflict);
  const with_ = withIt.map((one) => t(`conflicts.withKind.${kindOf(one)}`));
  return (
    <article className={classes['entry']} aria-labelledby={`conflict-${changeId}`}>
      <header>
        <h2 id={`conflict-${changeId}`}>{t(`conflicts.what.${kindOf(kind)}`, { name: subject.name })}</h2>
        <time dateTime={refusedAt} className="soft">
          {formats.moment(refusedAt, zone)}
        </time>
      </header>
      <p>
        {t(`conflicts.why.${code}`)} {need && t(`conflicts.needs.${need}`)}
      </p>
      {with_.length > 0 && <p>{t('conflicts.withIt', { what: formats.list(with_) })}</p>}
      {kindOf(kind) === 'ownAccount' ? (
        <p>{t('conflicts.ownAgain')}</p>
      ) : showsColumns(conflict) ? (
        <Clash conflict={conflict} />
      ) : (
        <div className={classes['sides']}>
          <Side title={t('conflicts.mine')} side={mine} none={t('conflicts.noDetails')} />
          {(!isAboutWho(conflict) || theirs.appointment) && (
            <Side
              title={t('conflicts.theirs')}
              side={theirs}
              none={t(code === 'kept' ? 'conflicts.keptThere' : 'conflicts.gone')}
            />
          )}
        </div>
      )}
      <Choices conflict={conflict} />
    </article>
  );
};

/** Fields side by side where two desks set them, and where nothing else tells what was not allowed. */
const showsColumns = (conflict: Conflict): boolean => {
  const { code, mine } = conflict;
  if (spokenColumns(conflict).length === 0) return false;
  return code === 'clash' || (isAboutWho(conflict) && !mine.appointment && !mine.money && !mine.cashUp);
};
