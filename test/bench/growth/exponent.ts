/** How a time grows with a size: one measured pair for each size, from small to large. */
export interface Series {
  what: string;
  points: { size: number; ms: number }[];
}

/** The exponent e of `time = c · size^e`: the slope of the line that fits the logarithms best. */
export const exponentOf = (points: Series['points']): number => {
  const logs = points.map(({ size, ms }) => ({ x: Math.log(size), y: Math.log(ms) }));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map((log) => log.x)), mean(logs.map((log) => log.y))];
  const above = logs.reduce((sum, log) => sum + (log.x - x) * (log.y - y), 0);
  return above / logs.reduce((sum, log) => sum + (log.x - x) ** 2, 0);
};

/** The exponent from the last size but one to the last: what is fixed costs less there, and what is to come shows. */
export const lastExponentOf = (points: Series['points']): number => exponentOf(points.slice(-2));
