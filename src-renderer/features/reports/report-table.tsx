import { useTranslation } from 'react-i18next';
import type { Column, Line, Table } from './lines.ts';
import type { ReportWords } from './words.ts';

/** The report as a table: what the chart shows, and the figures behind it. */
export const ReportTable = ({
  table,
  columns,
  head,
  words,
}: {
  table: Table;
  columns: readonly Column[];
  head: string;
  words: ReportWords;
}) => {
  const { t } = useTranslation();
  const cells = (line: Line) =>
    columns.map((column, at) => <td key={column.name}>{words.value(column, line, at)}</td>);
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map((column) => (
            <th key={column.name} scope="col">
              {words.column(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {words.inOrder(table.lines).map((line) => (
          <tr key={`${line.key} ${line.currency}`}>
            <th scope="row">{words.group(line.key)}</th>
            {cells(line)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        {table.totals.map((line) => (
          <tr key={line.currency}>
            <th scope="row">{t('reports.total')}</th>
            {cells(line)}
          </tr>
        ))}
      </tfoot>
    </table>
  );
};
