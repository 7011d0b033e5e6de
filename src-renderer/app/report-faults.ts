import { call } from '../api/client.ts';

/** A page that fails again and again has said enough. */
const MOST = 5;
let told = 0;

/** Has a crash report kept of a fault in this page: its class and its places in the code, never its words. */
export const reportFault = (fault: unknown): void => {
  if (!(fault instanceof Error) || told >= MOST) return;
  told += 1;
  const { name, message, stack = '' } = fault;
  const places = stack.slice(stack.indexOf(message) + message.length).slice(0, 20_000);
  void call('noteScreenFault', { fault: /^[\w$.-]{1,64}$/.test(name) ? name : 'Error', stack: places });
};

/** The same for whatever nobody in this page catches. */
export const reportFaults = (): void => {
  window.addEventListener('error', ({ error }) => reportFault(error));
  window.addEventListener('unhandledrejection', ({ reason }) => reportFault(reason));
};
