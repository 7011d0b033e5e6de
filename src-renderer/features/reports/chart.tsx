import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { decimalsOf } from '../../../src-main/contract/money.ts';
import type { Column, Line, Table } from './lines.ts';
import type { ReportWords } from './words.ts';

const ROW_HEIGHT = 36;

/** Hatchings tell the bars apart where hues do not; the last is plain. */
const patterns = ['solid', 'slanted', 'dotted', 'crossed'] as const;

const LONGEST_NAME = 26;

/** A name that fits beside the bars; the table has it whole. */
const shortened = (name: string): string =>
  [...name].length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME - 1).join('')}…` : name;

interface ChartProps {
  table: Table;
  columns: readonly Column[];
  words: ReportWords;
}

/** The charted columns as bars beside the names; loaded when it is first shown. The table below says the same. */
const Chart = ({ table, columns, words }: ChartProps) => {
  const charted = columns.flatMap((column, at) => (column.charted ? [{ column, at }] : []));
  const lines = words.inOrder(table.lines);
  const scale = (line: Line, { unit }: Column, value: number | null | undefined): number => {
    if (value == null) return 0;
    if (unit === 'rate') return Math.round(value * 1000) / 10;
    return unit === 'money' ? value / 10 ** decimalsOf(line.currency) : value;
  };
  const several = table.totals.length > 1;
  const data = lines.map((line) => ({
    name: shortened([words.group(line.key), several ? line.currency : ''].filter(Boolean).join(' · ')),
    ...Object.fromEntries(
      charted.map(({ column, at }) => [column.name, scale(line, column, line.values[at])]),
    ),
  }));
  const stacked = columns.some(({ unit }) => unit === 'money');
  const unit = charted[0]?.column.unit;
  return (
    <>
      <Patterns />
      {charted.length > 1 && (
        <ul className="chart-legend">
          {charted.map(({ column }, index) => (
            <li key={column.name}>
              <svg width="24" height="12" aria-hidden="true">
                <rect
                  width="24"
                  height="12"
                  fill={`url(#chart-${patterns[index]})`}
                  stroke={`var(--chart-${index + 1})`}
                />
              </svg>
              {words.column(column)}
            </li>
          ))}
        </ul>
      )}
      <BarChart
        h={72 + data.length * ROW_HEIGHT * (stacked ? 1 : Math.max(1, charted.length * 0.7))}
        data={data}
        dataKey="name"
        orientation="vertical"
        type={stacked ? 'stacked' : 'default'}
        series={charted.map(({ column }, index) => ({
          name: column.name,
          label: words.column(column),
          color: `var(--chart-${index + 1})`,
        }))}
        barProps={({ name }) => ({
          fill: `url(#chart-${patterns[charted.findIndex(({ column }) => column.name === name)] ?? 'solid'})`,
          stroke: `var(--chart-${charted.findIndex(({ column }) => column.name === name) + 1})`,
          isAnimationActive: false,
        })}
        withTooltip={false}
        withBarValueLabel={!stacked}
        valueFormatter={(value) => (unit === 'rate' ? `${value}\u00a0%` : String(value))}
        gridAxis="y"
        barChartProps={{ margin: { right: 64 }, accessibilityLayer: false }}
        yAxisProps={{ width: 192, interval: 0 }}
        maxBarWidth={20}
        strokeDasharray="0"
      />
    </>
  );
};

/** The fills that bars name. */
const Patterns = () => (
  <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
    <defs>
      <pattern id="chart-solid" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill="var(--chart-1)" />
      </pattern>
      <pattern
        id="chart-slanted"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="var(--face)" />
        <rect width="3" height="6" fill="var(--chart-2)" />
      </pattern>
      <pattern id="chart-dotted" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--face)" />
        <circle cx="3" cy="3" r="2" fill="var(--chart-3)" />
      </pattern>
      <pattern id="chart-crossed" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="var(--face)" />
        <path d="M0 0L6 6M6 0L0 6" stroke="var(--chart-4)" strokeWidth="1.5" />
      </pattern>
    </defs>
  </svg>
);

export default Chart;
