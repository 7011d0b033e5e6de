/** Figures up or down the row of keys, once round: 1234, 6543, 8901. */
const rows = ['01234567890123456789', '98765432109876543210'];

/** Whether a PIN is among the first that anybody at the desk would try. Years of birth are allowed: five tries are few. */
export const isWeakPin = (pin: string): boolean =>
  new Set(pin).size === 1 || rows.some((row) => row.includes(pin)) || isTwice(pin);

/** 1212, 123123. */
const isTwice = (pin: string): boolean =>
  pin.length % 2 === 0 && pin.slice(0, pin.length / 2) === pin.slice(pin.length / 2);
