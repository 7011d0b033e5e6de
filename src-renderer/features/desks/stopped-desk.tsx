import { IconLock, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OwnStanding } from '../../../src-main/contract/desks.ts';
import { useFormats } from '../../i18n/format.ts';
import { DoorPage } from '../../ui/door-page.tsx';
import classes from './desks.module.css';

const product = { en: 'Anteroom', el: 'Anteroom' };

/** All that a desk shows which was stopped or wiped: what happened, who did it, and whom to ask. */
export const StoppedDesk = ({ standing }: { standing: OwnStanding }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const kind = standing.standing === 'disabled' ? 'disabled' : 'wiped';
  const Icon = kind === 'disabled' ? IconLock : IconTrash;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const when = standing.since === null ? '' : formats.momentWithYear(standing.since, zone);
  return (
    <DoorPage clinic={product}>
      <section className={classes['stopped']} role="alert" aria-labelledby="stopped-title">
        <Icon size={40} stroke={1.5} aria-hidden="true" />
        <h1 id="stopped-title">{t(`desks.page.${kind}`)}</h1>
        <p>
          {standing.by === null
            ? t(`desks.page.${kind}Text`, { when })
            : t(`desks.page.${kind}By`, { name: standing.by, when })}
        </p>
        <p className="soft">{t(`desks.page.${kind}Ask`)}</p>
      </section>
    </DoorPage>
  );
};
