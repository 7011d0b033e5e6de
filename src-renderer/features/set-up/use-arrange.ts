import { call } from '../../api/client.ts';
import { useErrorText } from '../../app/messages.ts';
import { toastProblem } from '../../app/toasts.tsx';

/** Moves what stands at one place of an order to another. */
export const useArrange = (what: 'visitType' | 'doctor', order: readonly string[]) => {
  const errorText = useErrorText();
  return async (from: number, to: number): Promise<void> => {
    const ids = [...order];
    const [moved] = ids.splice(from, 1);
    if (moved === undefined) return;
    ids.splice(to, 0, moved);
    const answer = await call('arrange', { what, ids });
    if (!answer.ok) toastProblem(errorText(answer.error, 'UTC'));
  };
};
