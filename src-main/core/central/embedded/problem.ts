/** Why the embedded Postgres did not start, by what a person can do about it. */
export type EmbeddedCode = 'port_taken' | 'disk_full' | 'folder_unreadable' | 'no_binary' | 'failed';

/** `message` is plain English for a terminal or a dialog; it never holds the password. */
export interface EmbeddedProblem {
  code: EmbeddedCode;
  message: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: EmbeddedProblem };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const problem = (code: EmbeddedCode, message: string): Outcome<never> => ({
  ok: false,
  error: { code, message },
});

const fileCodes: Record<string, EmbeddedCode> = {
  EACCES: 'folder_unreadable',
  EPERM: 'folder_unreadable',
  EROFS: 'folder_unreadable',
  ENOTDIR: 'folder_unreadable',
  EEXIST: 'folder_unreadable',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
};

const sentences: Record<EmbeddedCode, (where: string) => string> = {
  disk_full: (where) => `The disk that holds ${where} is full. Free some space and start again.`,
  folder_unreadable: (where) =>
    `The folder ${where} cannot be used: it, or a folder above it, may not be read or written by this user.`,
  port_taken: (where) => `Port ${where} of this machine is taken by another program. Choose another port.`,
  no_binary: (where) => `Postgres is not installed for this kind of machine (${where}).`,
  failed: (where) => `Postgres did not start: ${where}`,
};

/** A problem in its own words; `where` is the folder, the port or what Postgres said. */
export const say = (code: EmbeddedCode, where: string): Outcome<never> =>
  problem(code, sentences[code](where));

/** Runs file work in `folder`; a full disk or a forbidden folder becomes a problem, any other fault is thrown. */
export const onFiles = <T>(folder: string, work: () => T): Outcome<T> => {
  try {
    return done(work());
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fileCodes[String(fault.code)] : undefined;
    if (!code) throw fault;
    return say(code, folder);
  }
};
