import { type RefObject, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { CallError, Result } from '../../../src-main/contract/errors.ts';
import { useSecretRefusal } from '../../ui/refused-secret.ts';

/** A small form of the own account that asks for the password first; its first field has the focus as it opens. */
export const useOwnForm = <T>(options: {
  /** Whether everything is typed beside the password. */
  complete: boolean;
  send: (password: string) => Promise<Result<T>>;
  onDone: (value: T) => void;
}) => {
  const refusal = useSecretRefusal();
  const first = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ error: CallError; tries: number } | null>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy) return;
    if (password === '') return first.current?.focus();
    if (!options.complete) return;
    setBusy(true);
    const answer = await options.send(password);
    setBusy(false);
    if (answer.ok) return options.onDone(answer.value);
    setRefused((before) => ({ error: answer.error, tries: (before?.tries ?? 0) + 1 }));
    if (answer.error.code !== 'wrong_password') return;
    setPassword('');
    first.current?.focus();
  };
  return {
    first: first as RefObject<HTMLInputElement | null>,
    password,
    setPassword,
    tried,
    busy,
    problem: refused && { text: refusal(refused.error), key: refused.tries },
    submit: (event: SubmitEvent) => void submit(event),
  };
};

export type OwnForm = ReturnType<typeof useOwnForm>;
