import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SetUp } from '../../../src-main/contract/set-up.ts';
import { useLive } from '../../api/live.ts';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconDown, IconUp } from '../../ui/icons.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './set-up.module.css';
import { useArrange } from './use-arrange.ts';
import { useInUse } from './use-in-use.ts';

type Visit = SetUp['visitTypes'][number];

/** What can be booked, in the order in which it is offered. */
export const VisitsSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('setUp', {}, ['visit_types', 'specialties']);
  const add = (
    <Button variant="default" onClick={() => openDialog({ kind: 'editVisitType' })}>
      {t('setUp.visit.add')}
    </Button>
  );
  if (!data) return null;
  const inUse = data.visitTypes.filter((visit) => visit.inUse);
  const others = data.visitTypes.filter((visit) => !visit.inUse);
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('setUp.tabs.visits')}</h2>
        {add}
      </div>
      {data.visitTypes.length === 0 ? (
        <EmptyState title={t('setUp.visit.none')} text={t('setUp.visit.noneHint')} />
      ) : (
        <ul className={`${classes['card']} ${classes['rows']}`}>
          {[...inUse, ...others].map((visit) => (
            <VisitRow key={visit.id} visit={visit} order={inUse.map(({ id }) => id)} setUp={data} />
          ))}
        </ul>
      )}
    </div>
  );
};

const VisitRow = ({ visit, order, setUp }: { visit: Visit; order: readonly string[]; setUp: SetUp }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const setInUse = useInUse();
  const name = formats.name({ en: visit.nameEn, el: visit.nameEl });
  const specialty = setUp.specialties.find(({ id }) => id === visit.specialtyId);
  const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = visit;
  const facts = [
    t('setUp.visit.facts', { minutes: visit.durationMinutes }),
    before + after > 0 && t('setUp.visit.buffers', { before, after }),
    money(visit.fee),
    specialty && formats.name({ en: specialty.nameEn, el: specialty.nameEl }),
    !visit.inUse && t('setUp.visit.outOfUse'),
  ].filter(Boolean);
  return (
    <li>
      <span className={classes['what']}>
        <strong>{name}</strong>
        <span className="soft tabular">{facts.join(' · ')}</span>
      </span>
      {visit.inUse && <Arrows what="visitType" id={visit.id} name={name} order={order} />}
      <Button
        variant="subtle"
        size="compact-md"
        aria-label={`${t('setUp.visit.edit')}: ${name}`}
        onClick={() => openDialog({ kind: 'editVisitType', visitType: visit })}
      >
        {t('setUp.visit.edit')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        aria-label={`${visit.inUse ? t('setUp.visit.remove') : t('setUp.visit.restore')}: ${name}`}
        onClick={() => void setInUse('visitType', visit.id, !visit.inUse, name)}
      >
        {visit.inUse ? t('setUp.visit.remove') : t('setUp.visit.restore')}
      </Button>
    </li>
  );
};

/** Moves a line up or down in its order. */
export const Arrows = ({
  what,
  id,
  name,
  order,
}: {
  what: 'visitType' | 'doctor';
  id: string;
  name: string;
  order: readonly string[];
}) => {
  const { t } = useTranslation();
  const move = useArrange(what, order);
  const at = order.indexOf(id);
  return (
    <span>
      <ActionIcon
        aria-label={t('setUp.visit.up', { name })}
        disabled={at <= 0}
        onClick={() => void move(at, at - 1)}
      >
        <IconUp size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        aria-label={t('setUp.visit.down', { name })}
        disabled={at >= order.length - 1}
        onClick={() => void move(at, at + 1)}
      >
        <IconDown size={16} aria-hidden="true" />
      </ActionIcon>
    </span>
  );
};
