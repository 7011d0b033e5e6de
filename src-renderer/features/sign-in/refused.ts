import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { useSecretRefusal } from '../../ui/refused-secret.ts';

/** A try that was refused. */
export interface Refused {
  error: CallError;
  by: 'pin' | 'password';
  /** When the next try is possible, in epoch milliseconds. */
  until: number;
}

/** For how many seconds the next try has to wait. */
export const waitOf = ({ details }: CallError): number => Number(details['waitSeconds'] ?? 0);

/** What the person is told: what was wrong, and what is left or how long to wait. `waiting` until a try is possible. */
export const useRefusedText = (refused: Refused | null): { text: string | null; waiting: boolean } => {
  const { t } = useTranslation();
  const refusal = useSecretRefusal();
  const waiting = useWaiting(refused?.until ?? 0);
  if (!refused) return { text: null, waiting };
  const { error, by } = refused;
  const left = Number(error.details['triesLeft'] ?? Number.NaN);
  const parts = [
    refusal(error),
    left > 0 && t(by === 'pin' ? 'signIn.pinTriesLeft' : 'signIn.triesLeft', { count: left }),
  ];
  return { text: parts.filter(Boolean).join(' '), waiting };
};

/** Whether an instant is still to come; looks each second by the clock. */
const useWaiting = (until: number): boolean => {
  const [now, setNow] = useState(Date.now);
  const waiting = until > now;
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return waiting;
};
