import { type RefObject, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { CallError, Result } from '../../src-main/contract/errors.ts';
import { useKept } from '../app/kept.ts';
import { useErrorText } from '../app/messages.ts';

/** A form whose draft is read by the call's own schema: what is missing is said at its field, by path. */
export const useForm = <D extends object, S extends z.ZodType>(options: {
  /** Its own within its dialog or place. */
  name: string;
  initial: D | (() => D);
  schema: S;
  /** The draft as the schema takes it. */
  read?: (draft: D) => unknown;
  save: (input: z.output<S>, draft: D) => Promise<Result<unknown>>;
  onSaved: (draft: D) => void;
}) => {
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useKept<D>(options.name, options.initial);
  const [wrongs, setWrongs] = useState<ReadonlySet<string>>(new Set());
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  useEffect(() => {
    if (wrongs.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrongs]);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const read = options.schema.safeParse(options.read ? options.read(draft) : draft);
    setWrongs(new Set(read.error?.issues.map(({ path }) => path.join('.')) ?? []));
    if (!read.success || saving) return;
    setSaving(true);
    setError(null);
    const answer = await options.save(read.data, draft);
    setSaving(false);
    if (answer.ok) options.onSaved(draft);
    else setError(answer.error);
  };
  return {
    form: form as RefObject<HTMLFormElement>,
    draft,
    change: (part: Partial<D>) => setDraft((before) => ({ ...before, ...part })),
    wrong: (path: string): boolean => wrongs.has(path),
    saving,
    problem: error && errorText(error, 'UTC'),
    submit: (event: SubmitEvent) => void submit(event),
  };
};
