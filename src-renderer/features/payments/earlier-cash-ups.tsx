import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CashUp } from '../../../src-main/contract/payment.ts';
import { useLive } from '../../api/live.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import { useDifference } from './difference.ts';
import classes from './payments.module.css';
import { MONEY_TABLES } from './tables.ts';

const SHOWN = 10;

/** The last days that were cashed up here; one of them opens its day. */
export const EarlierCashUps = ({
  locationId,
  date,
  onShow,
}: {
  locationId: string;
  date: string;
  onShow: (date: string) => void;
}) => {
  const { t } = useTranslation();
  const { data } = useLive('cashUps', { locationId, limit: SHOWN }, MONEY_TABLES);
  if (!data) return null;
  return (
    <section className={classes['card']} aria-labelledby="earlier-cash-ups">
      <header>
        <h2 id="earlier-cash-ups">{t('payments.day.earlier')}</h2>
      </header>
      {data.length === 0 && <p className="soft">{t('payments.day.noEarlier')}</p>}
      <ul className={classes['earlier']}>
        {data.map((cashUp) => (
          <li key={cashUp.id}>
            <Day cashUp={cashUp} current={cashUp.businessDay === date} onShow={onShow} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const Day = ({
  cashUp: { businessDay, currency, lines },
  current,
  onShow,
}: {
  cashUp: CashUp;
  current: boolean;
  onShow: (date: string) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const difference = useDifference(currency);
  const counted = lines.reduce((sum, line) => sum + line.counted, 0);
  const off = lines.reduce((sum, line) => sum + line.counted - line.expected, 0);
  const day = formats.day(businessDay);
  return (
    <UnstyledButton
      aria-current={current || undefined}
      aria-label={t('payments.day.show', { day })}
      onClick={() => onShow(businessDay)}
    >
      <time dateTime={businessDay}>{formats.date(businessDay)}</time>
      <span data-differs={off !== 0 || undefined}>
        {off === 0 ? t('payments.day.even') : difference(off)}
      </span>
      <span className={classes['sum']}>{money({ minor: counted, currency })}</span>
    </UnstyledButton>
  );
};
