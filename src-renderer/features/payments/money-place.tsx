/** What was paid, and the end of the day. */
export const MoneyPlace = () => null;
