const DEFAULT_WAITING_LIMIT_MINUTES = 20;

/** The clinic's setting `waiting_limit_minutes`: after how long a waiting patient is over the limit. */
export const waitingLimitMinutes = (settings: Record<string, unknown>): number => {
  const minutes = settings['waiting_limit_minutes'];
  return typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0
    ? minutes
    : DEFAULT_WAITING_LIMIT_MINUTES;
};

const DEFAULT_NO_SHOW_GRACE_MINUTES = 15;

/** The clinic's setting `no_show_grace_minutes`: how long after its start an appointment counts as missed. */
export const noShowGraceMinutes = (settings: Record<string, unknown>): number => {
  const minutes = settings['no_show_grace_minutes'];
  return typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 0
    ? minutes
    : DEFAULT_NO_SHOW_GRACE_MINUTES;
};

const DEFAULT_SLOT_HORIZON_DAYS = 120;
/** Two years: what is booked further ahead is an exception to be booked over the grid. */
const LONGEST_HORIZON_DAYS = 730;

/** The clinic's setting `slot_horizon_days`: for how many days from today bookable time is made ahead. */
export const slotHorizonDays = (settings: Record<string, unknown>): number => {
  const days = settings['slot_horizon_days'];
  return typeof days === 'number' && Number.isInteger(days) && days > 0
    ? Math.min(days, LONGEST_HORIZON_DAYS)
    : DEFAULT_SLOT_HORIZON_DAYS;
};
