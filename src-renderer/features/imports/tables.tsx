import { useTranslation } from 'react-i18next';
import type { FindingReason, ImportPreview, ImportTablePreview } from '../../../src-main/contract/imports.ts';
import { Status } from '../../../src-main/contract/status.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { type Column, columns, targetOf } from './columns.ts';
import classes from './imports.module.css';

/** What there is in the source, what it becomes, and the first rows as they would stand here. */
export const Tables = ({ preview: { tables, problems } }: { preview: ImportPreview }) => {
  const { t } = useTranslation();
  const reasons = new Map<FindingReason, number>();
  for (const { reason } of problems) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return (
    <>
      <h3 id="imports-tables">{t('imports.tables')}</h3>
      <ul className={classes['tables']} aria-labelledby="imports-tables">
        {tables.map((table) => (
          <li key={table.table}>
            <TableLine table={table} />
          </li>
        ))}
      </ul>
      {reasons.size > 0 && (
        <>
          <h3>{t('imports.problems')}</h3>
          <ul className={classes['reasons']}>
            {[...reasons].map(([reason, count]) => (
              <li key={reason}>
                <span className="tabular">{count}</span> {t(`imports.reason.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const TableLine = ({ table: { table, rows, becomes, leftOut, samples } }: { table: ImportTablePreview }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const count =
    rows === null ? t('imports.rowsUnknown') : t('imports.rows', { count: rows, rows: formats.number(rows) });
  const target = targetOf(becomes);
  const line = (
    <>
      <code>{table}</code>
      <span className="soft tabular">{count}</span>
      <span>
        {target ? t('imports.becomes', { what: t(`imports.target.${target}`) }) : t('imports.leftWhole')}
        {leftOut && <span className="soft"> · {t(`imports.reason.${leftOut}`)}</span>}
      </span>
    </>
  );
  if (samples.length === 0) return <div className={classes['tableLine']}>{line}</div>;
  return (
    <details>
      <summary className={classes['tableLine']}>{line}</summary>
      <Samples samples={samples} />
    </details>
  );
};

/** The first rows: the columns that a person knows, as they will read here. */
const Samples = ({ samples }: Pick<ImportTablePreview, 'samples'>) => {
  const { t } = useTranslation();
  const valueText = useValueText();
  const known = columns
    .filter((column) => samples.some(({ values }) => values[column] !== undefined))
    .slice(0, 6);
  return (
    <div className={classes['samples']}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {known.map((column) => (
              <th key={column} scope="col">
                {t(`imports.columnName.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map(({ sourceId, values }) => (
            // One row of the source may become two here.
            <tr key={`${sourceId} ${JSON.stringify(values)}`}>
              {known.map((column) => (
                <td key={column}>{valueText(column, values[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const useValueText = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  return (column: Column, value: unknown): string => {
    if (value === undefined || value === null) return '';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (column === 'status') {
      const status = Status.safeParse(text);
      return status.success ? t(`status.${status.data}`) : text;
    }
    const isInstant = /^\d{4}-\d\d-\d\dT/.test(text);
    return isInstant ? formats.momentWithYear(text, zone) : text;
  };
};
