import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicDesk } from '../../../src-main/contract/desks.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { deskStandingIcons } from '../../ui/icons.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './desks.module.css';
import { OwnSecretsCard } from './own-secrets-card.tsx';

/** What other desks do is no row of this one's copy, so the list is asked for again while it is looked at. */
const AGAIN_MS = 10_000;

/** The clinic's desks, and how one that is lost is stopped; then the secrets of this one. */
export const DesksSection = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { data, error, reload } = useLive('clinicDesks', {}, ['desks', 'desk_settings']);
  useEffect(() => {
    const timer = setInterval(() => void reload(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <div className={classes['part']}>
      <h2>{t('desks.title')}</h2>
      <p className="soft">{t('desks.hint')}</p>
      {error && (
        <Problem>{error.code === 'needs_central' ? t('desks.away') : errorText(error, zone)}</Problem>
      )}
      {data && (
        <ul className={`${classes['card']} ${classes['desks']}`}>
          {data.map((desk) => (
            <Desk key={desk.id} desk={desk} />
          ))}
        </ul>
      )}
      <OwnSecretsCard />
    </div>
  );
};

const Desk = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const Icon = deskStandingIcons[desk.standing];
  return (
    <li>
      <span className={classes['what']}>
        <span>
          <strong>{desk.name}</strong>
          {desk.current && <span className="soft"> ({t('desks.here')})</span>}
        </span>
        <Facts desk={desk} />
      </span>
      <span className={classes['mark']} data-standing={desk.standing}>
        <Icon size={16} stroke={2} aria-hidden="true" />
        {t(`desks.standing.${desk.standing}`)}
      </span>
      <Actions desk={desk} />
    </li>
  );
};

const Facts = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const moment = (instant: string): string => formats.momentWithYear(instant, zone);
  const { lastContactAt, version, waiting, standing, disabledAt, disabledBy, keptSlots } = desk;
  const facts = [
    lastContactAt === null ? t('desks.never') : t('desks.seen', { when: moment(lastContactAt) }),
    version !== null && t('desks.version', { version }),
    waiting !== null &&
      waiting > 0 &&
      t(standing === 'wiped' ? 'desks.lost' : 'desks.waiting', { count: waiting }),
    keptSlots > 0 && t('desks.kept', { count: keptSlots }),
  ].filter(Boolean);
  return (
    <>
      <span className="soft tabular">{facts.join(' · ')}</span>
      {disabledAt !== null && (
        <span className="soft tabular">
          {disabledBy === null
            ? t('desks.stopped', { when: moment(disabledAt) })
            : t('desks.stoppedBy', { when: moment(disabledAt), name: disabledBy })}
        </span>
      )}
    </>
  );
};

const Actions = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { id, name, standing, current, keptSlots } = desk;
  const enable = async (): Promise<void> => {
    const answer = await call('enableDesk', { deskId: id });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    else toast(t(standing === 'wiped' ? 'desks.enabledWiped' : 'desks.enabled', { name }));
  };
  const button = { variant: 'subtle', size: 'compact-md' } as const;
  return (
    <span className={classes['actions']}>
      {keptSlots > 0 && !current && (
        <Button
          {...button}
          aria-label={`${t('desks.free')} ${name}`}
          onClick={() => openDialog({ kind: 'freeKept', desk })}
        >
          {t('desks.free')}
        </Button>
      )}
      {standing === 'working' && (
        <Button
          {...button}
          aria-label={`${t('desks.rename')}: ${name}`}
          onClick={() => openDialog({ kind: 'renameDesk', desk })}
        >
          {t('desks.rename')}
        </Button>
      )}
      {(standing === 'working' || standing === 'disabled') && !current && (
        <Button
          {...button}
          color="red"
          aria-label={`${t(standing === 'working' ? 'desks.stop' : 'desks.wipe')} ${name}`}
          onClick={() => openDialog({ kind: 'stopDesk', desk })}
        >
          {t(standing === 'working' ? 'desks.stop' : 'desks.wipe')}
        </Button>
      )}
      {standing !== 'working' && (
        <Button {...button} aria-label={`${t('desks.enable')}: ${name}`} onClick={() => void enable()}>
          {t('desks.enable')}
        </Button>
      )}
    </span>
  );
};
