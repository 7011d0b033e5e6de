import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../explained.ts';
import { initCentral } from './admin.ts';
import { type CentralConnection, connectCentral } from './connect.ts';
import { startEmbedded } from './embedded.ts';

/**
 * `npm run schema:inventory [-- --url URL] [--out FILE]`: the schema inventory, read from the live database that
 * `--url` names, or from a new one that is thrown away afterwards. Prints it where no file is named.
 */
export const main = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: { type: 'string' }, out: { type: 'string' } } });
  const document = values.url ? await inventoryOf(values.url) : await inventoryOfNew();
  if (values.out) writeFileSync(values.out, document);
  else process.stdout.write(document);
};

const inventoryOfNew = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-inventory-'));
  chmodSync(folder, 0o711);
  const embedded = settle(await startEmbedded({ folder }));
  try {
    settle(await initCentral(embedded.url));
    return await inventoryOf(embedded.url);
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The document as Markdown. `ownerUrl` is the owner's connection. */
export const inventoryOf = async (ownerUrl: string): Promise<string> => {
  const connection = settle(await connectCentral(ownerUrl, { application: 'anteroom-inventory' }));
  try {
    return await write(connection);
  } finally {
    await connection.close();
  }
};

interface Relation {
  oid: number;
  name: string;
  kind: 'r' | 'p' | 'v';
  comment: string | null;
}

const relations = `
  select c.oid::int as oid, c.relname as name, c.relkind as kind, obj_description(c.oid, 'pg_class') as comment
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    and not c.relispartition
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by c.relkind = 'v', c.relname`;

const write = async (connection: CentralConnection): Promise<string> => {
  const found = await connection.query<Relation & Record<string, unknown>>(relations);
  const [server] = await connection.query<{ version: string }>(
    `select split_part(version(), ' ', 2) as version`,
  );
  const sections: string[] = [];
  for (const relation of found) sections.push(await section(connection, relation));
  return [
    '# Schema inventory',
    '',
    `Read from a live central database on PostgreSQL ${server?.version ?? ''} by \`npm run schema:inventory\`; do not edit.`,
    'Each desk holds a replica of the clinic tables in SQLite, without `clinic_id` and without secrets.',
    '',
    '## Tables overview',
    '',
    '| Table | Purpose |',
    '| --- | --- |',
    ...found.map(({ name, comment }) => `| \`${name}\` | ${comment ?? ''} |`),
    '',
    ...sections,
  ].join('\n');
};

const section = async (connection: CentralConnection, relation: Relation): Promise<string> => {
  const lines = [`## \`${relation.name}\``, '', relation.comment ?? '', ''];
  lines.push('| Column | Type | Null | Default |', '| --- | --- | --- | --- |');
  for (const column of await connection.query<Column>(columns, [relation.oid])) {
    const nullable = column.required ? 'no' : 'yes';
    lines.push(`| \`${column.name}\` | ${column.type} | ${nullable} | ${code(column.value)} |`);
  }
  lines.push('');
  for (const [heading, sql] of parts) {
    const found = await connection.query<{ text: string }>(sql, [relation.oid]);
    if (found.length === 0) continue;
    lines.push(`**${heading}**`, '', ...found.map(({ text }) => `- ${text}`), '');
  }
  return lines.join('\n');
};

interface Column extends Record<string, unknown> {
  name: string;
  type: string;
  required: boolean;
  value: string | null;
}

const columns = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
    case when a.attidentity <> '' then 'identity'
         when a.attgenerated <> '' then 'generated: ' || pg_get_expr(d.adbin, d.adrelid)
         else pg_get_expr(d.adbin, d.adrelid) end as value
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

const constraints = (types: string): string => `
  select '\`' || conname || '\`: ' || pg_get_constraintdef(oid) as text from pg_constraint
  where conrelid = $1 and contype in (${types}) order by contype, conname`;

/** What follows a table's columns, with the query that gives one line for each. */
const parts: [string, string][] = [
  ['Keys', constraints(`'p', 'u'`)],
  ['References', constraints(`'f'`)],
  [
    'Indexes',
    `select '\`' || c.relname || '\`: ' || regexp_replace(pg_get_indexdef(c.oid), '^.* USING ', '')
       || case when i.indisunique then ', unique' else '' end as text
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = c.oid
       and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')) order by c.relname`,
  ],
  ['Constraints', constraints(`'c', 'x'`)],
  [
    'Triggers',
    `select '\`' || tgname || '\`: ' || regexp_replace(pg_get_triggerdef(oid), '^CREATE TRIGGER \\S+ (.*?) ON .* EXECUTE FUNCTION (.*)$', '\\1, \\2')
       as text from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`,
  ],
  [
    'Row-level security',
    `select '\`' || polname || '\`: ' || pg_get_expr(polqual, polrelid) as text
     from pg_policy where polrelid = $1 order by polname`,
  ],
  [
    'Definition',
    `select '\`' || btrim(regexp_replace(pg_get_viewdef(c.oid), '\\s+', ' ', 'g'), ' ;') || '\`' as text
     from pg_class c where c.oid = $1 and c.relkind = 'v'`,
  ],
];

const code = (text: string | null): string => (text === null ? '' : `\`${text.replaceAll('|', '\\|')}\``);

const settle = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (result.ok) return result.value;
  throw new Explained(result.error.message);
};
