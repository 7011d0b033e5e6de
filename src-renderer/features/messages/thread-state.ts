import type { StoredFile } from '../../../src-main/contract/message.ts';
import { createKept } from '../../app/kept.ts';
import { goTo } from '../../app/screen.ts';

/** A thread, or the appointment whose thread is meant. */
export type Chosen = { threadId: string } | { appointmentId: string };

/** What was typed in a thread and not sent; it stays while other threads and places are looked at. */
export interface Draft {
  markdown: string;
  /** For the clinic only. */
  isNote: boolean;
  tags: readonly string[];
  files: readonly StoredFile[];
  /** The message that is being edited, as it was. */
  editing: { messageId: string; version: number } | null;
}

export const emptyDraft: Draft = { markdown: '', isNote: false, tags: [], files: [], editing: null };

interface Threads {
  chosen: Chosen | null;
  /** What the search for a thread holds. */
  text: string;
  drafts: Readonly<Record<string, Draft>>;
}

export const useThreads = createKept<Threads>(() => ({ chosen: null, text: '', drafts: {} }));

export const choose = (chosen: Chosen): void => useThreads.setState({ chosen });
export const search = (text: string): void => useThreads.setState({ text });

/** Shows a thread in the messages' place. */
export const openThread = (chosen: Chosen): void => {
  choose(chosen);
  goTo('messages');
};

export const setDraft = (threadId: string, set: Partial<Draft>): void =>
  useThreads.setState(({ drafts }) => ({
    drafts: { ...drafts, [threadId]: { ...emptyDraft, ...drafts[threadId], ...set } },
  }));

export const dropDraft = (threadId: string): void =>
  useThreads.setState(({ drafts }) => {
    const { [threadId]: _sent, ...others } = drafts;
    return { drafts: others };
  });
