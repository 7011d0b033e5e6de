import { ActionIcon, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Takings } from '../../../src-main/contract/payment.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconNext, IconPrevious } from '../../ui/icons.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { DayPayments } from './day-payments.tsx';
import { DayTakings } from './day-takings.tsx';
import { EarlierCashUps } from './earlier-cash-ups.tsx';
import { OpenVisits } from './open-visits.tsx';
import classes from './payments.module.css';
import { MONEY_TABLES } from './tables.ts';

/** A location's day of money: what came in, who still owes, and the end of the day. */
export const MoneyPlace = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { location, locations, today, zone } = useClinic();
  const errorText = useErrorText();
  const [chosen, setChosen] = useKept<string | null>('day', null);
  const date = chosen ?? today;
  const { data, error } = useLive('takings', { locationId: location.id, date }, MONEY_TABLES);
  const turn = (days: number): void => setChosen(Temporal.PlainDate.from(date).add({ days }).toString());
  useKeys({ previousDay: () => turn(-1), nextDay: () => turn(1), today: () => setChosen(null) });

  if (error && !data) return <EmptyState title={t('payments.day.title')} text={errorText(error, zone)} />;
  return (
    <section className={classes['day']} aria-labelledby="money-title">
      <header className={classes['dayHead']}>
        <div>
          <h1 id="money-title">{t('payments.day.title')}</h1>
          {locations.length > 1 && <p className="soft">{formats.name(location.name)}</p>}
        </div>
        <Group gap="xs">
          <ActionIcon aria-label={t('payments.day.previous')} onClick={() => turn(-1)}>
            <IconPrevious size={20} aria-hidden="true" />
          </ActionIcon>
          <time dateTime={date} className={classes['date']} aria-live="polite">
            {formats.day(date)}
          </time>
          <ActionIcon aria-label={t('payments.day.next')} onClick={() => turn(1)}>
            <IconNext size={20} aria-hidden="true" />
          </ActionIcon>
          <Button
            variant="default"
            size="compact-md"
            disabled={date === today}
            onClick={() => setChosen(null)}
          >
            {t('payments.day.today')}
            <KeyHint keyName="today" />
          </Button>
        </Group>
      </header>
      {data?.date === date && data.locationId === location.id && (
        <Day key={date} takings={data} onShow={setChosen} />
      )}
    </section>
  );
};

const Day = ({ takings, onShow }: { takings: Takings; onShow: (date: string) => void }) => (
  <div className={classes['columns']}>
    <div className={classes['stack']}>
      {takings.currencies.map((one) => (
        <DayTakings key={one.currency} takings={takings} one={one} />
      ))}
      <DayPayments payments={takings.payments} />
    </div>
    <div className={classes['stack']}>
      <OpenVisits visits={takings.open} />
      <EarlierCashUps locationId={takings.locationId} date={takings.date} onShow={onShow} />
    </div>
  </div>
);
