import { useTranslation } from 'react-i18next';
import type { MethodTakings, Takings } from '../../../src-main/contract/payment.ts';
import { useMoney } from '../../ui/money.ts';
import { useDifference } from './difference.ts';
import classes from './payments.module.css';

type Currency = Takings['currencies'][number];

/** What came in, went out and must be there, by method; once the day is closed, what was counted too. */
export const TakingsTable = ({ one: { currency, methods, cashUp } }: { one: Currency }) => {
  const { t } = useTranslation();
  const { amount } = useMoney();
  const difference = useDifference(currency);
  const of = (minor: number) => amount({ minor, currency });
  const counted = (method: MethodTakings['method']) =>
    cashUp?.lines.find((line) => line.method === method)?.counted ?? 0;
  const total = totalOf(methods);
  const allCounted = methods.reduce((sum, { method }) => sum + counted(method), 0);
  return (
    <>
      <table className={classes['table']}>
        <TakingsHead counted={cashUp !== null} />
        <tbody>
          {methods.map(({ method, taken, givenBack, expected }) => (
            <tr key={method}>
              <th scope="row">{t(`payments.method.${method}`)}</th>
              <td>{of(taken)}</td>
              <td>{of(givenBack)}</td>
              <td>{of(expected)}</td>
              {cashUp && (
                <>
                  <td>{of(counted(method))}</td>
                  <td data-differs={counted(method) !== expected || undefined}>
                    {difference(counted(method) - expected)}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('payments.day.total')}</th>
            <td>{of(total.taken)}</td>
            <td>{of(total.givenBack)}</td>
            <td>{of(total.expected)}</td>
            {cashUp && (
              <>
                <td>{of(allCounted)}</td>
                <td data-differs={allCounted !== total.expected || undefined}>
                  {difference(allCounted - total.expected)}
                </td>
              </>
            )}
          </tr>
        </tfoot>
      </table>
      {cashUp?.note && <p className={classes['hint']}>{cashUp.note}</p>}
    </>
  );
};

/** The heads of the columns, with or without the count. */
export const TakingsHead = ({ counted }: { counted: boolean }) => {
  const { t } = useTranslation();
  const columns = ['taken', 'givenBack', 'expected', ...(counted ? ['counted', 'difference'] : [])] as const;
  return (
    <thead>
      <tr>
        <th scope="col">{t('payments.day.method')}</th>
        {columns.map((column) => (
          <th key={column} scope="col">
            {t(`payments.day.${column as 'taken'}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
};

/** The last line: every method together. */
export const totalOf = (methods: readonly MethodTakings[]) => ({
  taken: methods.reduce((sum, { taken }) => sum + taken, 0),
  givenBack: methods.reduce((sum, { givenBack }) => sum + givenBack, 0),
  expected: methods.reduce((sum, { expected }) => sum + expected, 0),
});
