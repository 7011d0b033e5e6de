import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CashUp, Takings } from '../../../src-main/contract/payment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { CountForm } from './count-form.tsx';
import classes from './payments.module.css';
import { TakingsTable } from './takings-table.tsx';

type Currency = Takings['currencies'][number];

/** A day's takings in one currency: by method, then the count, then how it was closed. */
export const DayTakings = ({ takings, one }: { takings: Takings; one: Currency }) => {
  const { t } = useTranslation();
  const { clinic, today } = useClinic();
  const mayClose = useMay('payments.write');
  const { currency, cashUp } = one;
  const [counting, setCounting] = useKept(`counting ${currency}`, false);
  const canClose = mayClose && !cashUp && takings.date <= today;
  // The key is the one of the clinic's own currency; the others have their buttons.
  useKeys(currency === clinic.currency && canClose ? { closeDay: () => setCounting(true) } : {});
  return (
    <section className={classes['card']} aria-labelledby={`takings-${currency}`}>
      <header>
        <h2 id={`takings-${currency}`}>{t('payments.day.takings', { currency })}</h2>
        {cashUp && <Closed cashUp={cashUp} />}
      </header>
      {counting && canClose ? (
        <CountForm takings={takings} one={one} onClose={() => setCounting(false)} />
      ) : (
        <>
          <TakingsTable one={one} />
          {canClose && (
            <Group justify="space-between" gap="md" mt="md">
              <span className="soft">{t('payments.day.beginHint')}</span>
              <Button onClick={() => setCounting(true)}>{t('payments.day.begin')}</Button>
            </Group>
          )}
        </>
      )}
      {takings.waiting > 0 && (
        <p className={classes['hint']}>{t('payments.day.waiting', { count: takings.waiting })}</p>
      )}
    </section>
  );
};

const Closed = ({ cashUp }: { cashUp: CashUp }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const when = formats.moment(cashUp.closedAt, zoneOf(cashUp.locationId));
  return (
    <Group gap="sm" wrap="nowrap">
      <span className="soft">
        {cashUp.closedBy
          ? t('payments.day.closed', { when, who: cashUp.closedBy })
          : t('payments.day.closedAlone', { when })}
        {cashUp.provisional && ` · ${t('payments.day.waits')}`}
      </span>
      <Button
        variant="default"
        size="compact-md"
        onClick={() => openDialog({ kind: 'print', job: { kind: 'cashUp', cashUpId: cashUp.id } })}
      >
        {t('payments.day.print')}
      </Button>
    </Group>
  );
};
