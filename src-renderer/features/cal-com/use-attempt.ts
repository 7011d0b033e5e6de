import { useState } from 'react';
import type { Result } from '../../../src-main/contract/errors.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';

/** One thing after the other that may be refused: whether it is under way, and why the last one was refused. */
export const useAttempt = () => {
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async <T>(ask: () => Promise<Result<T>>, then: (value: T) => void): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask();
    setBusy(false);
    if (answer.ok) then(answer.value);
    else setProblem(errorText(answer.error, zone));
  };
  return { busy, problem, attempt };
};
