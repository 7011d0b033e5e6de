import type pg from 'pg';

/** A mistake put into one of central's functions: each `from` stands in its text once and becomes `to`. */
export interface SqlPlant {
  function: string;
  edits: readonly { from: string; to: string }[];
}

/** Puts it in; throws where the function no longer has that text. */
export const plantIn = async (owner: pg.Client, { function: name, edits }: SqlPlant): Promise<void> => {
  const { rows } = await owner.query<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.proname = $1`,
    [name],
  );
  const [found] = rows;
  if (!found || rows.length > 1) throw new Error(`there is not one function ${name}`);
  await owner.query(edits.reduce((text, { from, to }) => replaceOnce(name, text, from, to), found.text));
};

/** Replaces what stands once in a text, and throws where it does not: then the mistake is to be planted elsewhere. */
export const replaceOnce = (where: string, text: string, from: string, to: string): string => {
  if (text.split(from).length !== 2) throw new Error(`${where} does not hold once: ${from}`);
  return text.replace(from, () => to);
};
