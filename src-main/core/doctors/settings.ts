const DEFAULT_WAITING_LIMIT_MINUTES = 20;

/** The clinic's setting `waiting_limit_minutes`: after how long a waiting patient is over the limit. */
export const waitingLimitMinutes = (settings: Record<string, unknown>): number => {
  const minutes = settings['waiting_limit_minutes'];
  return typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0
    ? minutes
    : DEFAULT_WAITING_LIMIT_MINUTES;
};
