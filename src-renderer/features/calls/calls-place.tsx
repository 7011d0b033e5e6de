/** Whom to call next. */
export const CallsPlace = () => null;
