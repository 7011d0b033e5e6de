import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Diagnostics } from '../../../src-main/contract/diagnostics.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { sizeText } from '../../ui/file-size.ts';
import classes from './diagnostics.module.css';

interface FactsProps {
  diagnostics: Diagnostics;
}

/** How the desk stands with central, and what is under way between them. */
export const SyncFacts = ({ diagnostics: { sync, queue, leases, integrations } }: FactsProps) => {
  const { t } = useTranslation();
  const moment = useMoment();
  const number = useFormats().number;
  const runs = integrations.map(({ source, failures, lastRunAt, error }) => (
    <Fact key={source} name={t(`outside.source.${source}`)}>
      {error !== null && failures > 0
        ? t('diagnostics.sync.failing', { count: failures, code: error })
        : moment(lastRunAt)}
    </Fact>
  ));
  return (
    <Card title={t('diagnostics.sync.title')}>
      <Fact name={t('diagnostics.sync.phase')}>
        {t(`diagnostics.phase.${sync.phase}`)}
        {sync.reason !== null && <code>{sync.reason}</code>}
      </Fact>
      <Fact name={t('diagnostics.sync.contact')}>{moment(sync.lastContactAt)}</Fact>
      <Fact name={t('diagnostics.sync.waiting')}>
        {queue.oldestAt === null
          ? number(sync.waiting)
          : t('diagnostics.sync.waitingSince', { count: sync.waiting, when: moment(queue.oldestAt) })}
      </Fact>
      <Fact name={t('diagnostics.sync.refused')}>{number(sync.refused)}</Fact>
      <Fact name={t('diagnostics.sync.readings')}>{number(queue.readings)}</Fact>
      <Fact name={t('diagnostics.sync.position')}>{number(queue.position)}</Fact>
      <Fact name={t('diagnostics.sync.clock')}>
        {t('diagnostics.seconds', { seconds: number(Math.round(sync.clockOffsetMs / 100) / 10) })}
      </Fact>
      <Fact name={t('diagnostics.sync.kept')}>
        {t('diagnostics.sync.keptOf', { here: number(leases.own), elsewhere: number(leases.others) })}
      </Fact>
      {runs}
    </Card>
  );
};

/** What the desk takes of this PC. */
export const SizeFacts = ({ diagnostics: { sizes, process } }: FactsProps) => {
  const { t } = useTranslation();
  const { locale, number } = useFormats();
  const moment = useMoment();
  const size = (bytes: number): string => sizeText(bytes, locale);
  return (
    <Card title={t('diagnostics.sizes.title')}>
      <Fact name={t('diagnostics.sizes.free')}>
        {sizes.diskFree === null ? t('diagnostics.unknown') : size(sizes.diskFree)}
      </Fact>
      <Fact name={t('diagnostics.sizes.copy')}>{size(sizes.copy)}</Fact>
      <Fact name={t('diagnostics.sizes.writeAhead')}>{size(sizes.writeAhead)}</Fact>
      <Fact name={t('diagnostics.sizes.files')}>{size(sizes.files)}</Fact>
      <Fact name={t('diagnostics.sizes.setAside')}>
        {sizes.setAside.count === 0
          ? number(0)
          : `${number(sizes.setAside.count)} · ${size(sizes.setAside.bytes)}`}
      </Fact>
      <Fact name={t('diagnostics.sizes.logs')}>{size(sizes.logs)}</Fact>
      <Fact name={t('diagnostics.sizes.memory')}>{size(process.memory)}</Fact>
      <Fact name={t('diagnostics.sizes.started')}>{moment(process.startedAt)}</Fact>
    </Card>
  );
};

/** Which desk it is, what runs there, and since when its copy is what it is. */
export const DeskFacts = ({ diagnostics: { desk, versions, lastFilled } }: FactsProps) => {
  const { t } = useTranslation();
  const { number } = useFormats();
  const moment = useMoment();
  const { anteroom, system, node, electron, sqlite, central, copy, calls } = versions;
  const programs = [`Node ${node}`, electron && `Electron ${electron}`, `SQLite ${sqlite}`].filter(Boolean);
  return (
    <Card title={t('diagnostics.desk.title')}>
      <Fact name={t('diagnostics.desk.name')}>{desk.name ?? t('diagnostics.unknown')}</Fact>
      <Fact name="Anteroom">
        {anteroom} · {t('diagnostics.desk.speaks', { central, copy, calls })}
      </Fact>
      <Fact name={t('diagnostics.desk.system')}>
        {system} · {programs.join(' · ')}
      </Fact>
      <Fact name={t('diagnostics.desk.filled')}>
        {lastFilled
          ? t('diagnostics.desk.filledIn', {
              when: moment(lastFilled.at),
              rows: number(lastFilled.rows),
              seconds: number(Math.round(lastFilled.tookMs / 100) / 10),
            })
          : t('diagnostics.unknown')}
      </Fact>
      <Fact name={t('diagnostics.desk.id')}>
        <code>{desk.id ?? '–'}</code>
      </Fact>
      <Fact name={t('diagnostics.desk.incarnation')}>
        <code>{desk.incarnation}</code>
      </Fact>
      <Fact name={t('diagnostics.desk.clinic')}>
        <code>{desk.clinicId ?? '–'}</code>
      </Fact>
    </Card>
  );
};

const useMoment = () => {
  const { t } = useTranslation();
  const { momentWithYear } = useFormats();
  const { zone } = useClinic();
  return (instant: string | null): string =>
    instant === null ? t('diagnostics.never') : momentWithYear(instant, zone);
};

const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes['card']}>
    <h3>{title}</h3>
    <dl className={`facts tabular ${classes['facts']}`}>{children}</dl>
  </section>
);

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
