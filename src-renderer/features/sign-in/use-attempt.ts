import { useState } from 'react';
import type { CallResult } from '../../../src-main/contract/calls.ts';
import type { StaffFace } from '../../../src-main/contract/session.ts';
import { callAtDoor } from '../../api/client.ts';
import { comeIn } from '../../app/door.ts';
import { type Refused, useRefusedText, waitOf } from './refused.ts';

/** Signing one person in: what is typed, how it was refused, and what is asked next. */
export const useAttempt = (person: StaffFace) => {
  const [by, setBy] = useState<'pin' | 'password'>(person.quick ? 'pin' : 'password');
  const [secret, setSecret] = useState('');
  const [code, setCode] = useState('');
  const [codeNeeded, setCodeNeeded] = useState(false);
  const [shown, show] = useState(false);
  const [busy, setBusy] = useState(false);
  /** Counts the refusals, so that each one is told and leads back to its field. */
  const [tries, setTries] = useState(0);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { text, waiting } = useRefusedText(refused);

  const send = (): Promise<CallResult<'signIn'>> =>
    by === 'pin'
      ? callAtDoor('switchPerson', { userId: person.id, pin: secret })
      : callAtDoor('signIn', {
          userId: person.id,
          password: secret,
          ...(codeNeeded ? { code } : {}),
        });

  const refuse = (error: Refused['error']): void => {
    const keepsSecret = error.code === 'code_needed' || error.code === 'wrong_code';
    setBusy(false);
    setTries(tries + 1);
    setCode('');
    if (!keepsSecret) setSecret('');
    if (error.code === 'code_needed') setCodeNeeded(true);
    if (error.code === 'password_needed') setBy('password');
    setRefused(error.code === 'code_needed' ? null : { error, by, until: Date.now() + 1000 * waitOf(error) });
  };

  const submit = async (): Promise<void> => {
    const empty = secret === '' || (codeNeeded && code.trim() === '');
    if (busy || waiting || empty) return setTries(tries + 1);
    if (by === 'pin' && !/^\d{4,8}$/.test(secret))
      return refuse({ code: 'wrong_pin', message: '', details: {} });
    setBusy(true);
    const answer = await comeIn(send);
    if (!answer.ok) refuse(answer.error);
  };

  return {
    by,
    use: (way: 'pin' | 'password'): void => {
      setBy(way);
      setSecret('');
      setRefused(null);
      setTries(tries + 1);
    },
    secret,
    /** The password after all, of which this was typed already. */
    beginPassword: (typed: string): void => {
      setBy('password');
      setSecret(typed);
      setRefused(null);
    },
    type: (typed: string): void => setSecret(by === 'pin' ? typed.replace(/\D/g, '') : typed),
    code,
    typeCode: setCode,
    codeNeeded,
    shown,
    show,
    busy,
    tries,
    problem: text,
    waiting,
    submit,
  };
};

export type Attempt = ReturnType<typeof useAttempt>;
