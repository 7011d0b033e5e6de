import type pg from 'pg';

/** What could not be kept as it is when a table was divided. */
export interface Difference {
  table: string;
  what: string;
  why: string;
}

interface Definition {
  name: string;
  kind: string;
  sql: string;
}

/**
 * Divides a table into hash partitions by `clinic_id`, with its rows, keys, indexes, triggers, policies and rights.
 * Answers what had to be made otherwise. Keys of other tables that lead to it have to be gone; see `divideAll`.
 */
const divide = async (owner: pg.Client, table: string, parts: number): Promise<Difference[]> => {
  const found: Difference[] = [];
  const definitions = await definitionsOf(owner, table);
  await owner.query(`alter table ${table} rename to ${table}_whole`);
  await owner.query(
    `create table ${table} (like ${table}_whole including defaults including generated including comments)
     partition by hash (clinic_id)`,
  );
  for (let part = 0; part < parts; part += 1)
    await owner.query(
      `create table ${table}_${part} partition of ${table} for values with (modulus ${parts}, remainder ${part})`,
    );
  await owner.query(`insert into ${table} ${await columnsOf(owner, table)}`);
  await owner.query(`drop table ${table}_whole`);
  for (const { name, kind, sql } of definitions) {
    const why = await attempt(owner, sql);
    if (why === null) continue;
    found.push({ table, what: `${kind} ${name}`, why });
    // A clinic lies in one partition, so what is true in each partition is true in all. Names are unique in a schema.
    for (let part = 0; part < parts; part += 1)
      await owner.query(
        sql
          .replace(`alter table ${table} `, `alter table ${table}_${part} `)
          .replace(name, `${name}_${part}`),
      );
  }
  return found;
};

/** Generated columns are made anew and not copied. */
const columnsOf = async (owner: pg.Client, table: string): Promise<string> => {
  const { rows } = await owner.query<{ list: string }>(
    `select string_agg(quote_ident(attname), ', ') as list from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const list = rows[0]?.list ?? '';
  return `(${list}) select ${list} from ${table}_whole`;
};

/** What stands around a table, as statements that make it again, in an order that works. */
const definitionsOf = async (owner: pg.Client, table: string): Promise<Definition[]> => {
  const { rows } = await owner.query<Definition>(
    `select conname as name, case contype when 'p' then 'key' when 'u' then 'unique' when 'x' then 'exclusion' else 'check' end as kind,
       format('alter table %s add constraint %I %s', $1::text, conname, pg_get_constraintdef(oid)) as sql
     from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u', 'x', 'c')
     union all
     select c.relname, 'index', pg_get_indexdef(i.indexrelid)
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1::regclass and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
     union all
     select tgname, 'trigger', pg_get_triggerdef(oid) from pg_trigger where tgrelid = $1::regclass and not tgisinternal
     union all
     select 'row level security', 'policy', format('alter table %s enable row level security', $1::text)
     from pg_class where oid = $1::regclass and relrowsecurity
     union all
     select grantee::regrole::text || ' ' || privilege_type, 'right', format('grant %s on %s to %s', privilege_type, $1::text, grantee::regrole)
     from pg_class, aclexplode(relacl) where oid = $1::regclass and grantee <> 0
     union all
     select grantee::regrole::text || ' ' || attname, 'right',
       format('grant %s (%I) on %s to %s', privilege_type, attname, $1::text, grantee::regrole)
     from pg_attribute, aclexplode(attacl) where attrelid = $1::regclass and grantee <> 0`,
    [table],
  );
  return rows;
};

/** Null where it went through, and else Postgres's own words. */
const attempt = async (owner: pg.Client, sql: string): Promise<string | null> => {
  await owner.query('savepoint attempt');
  try {
    await owner.query(sql);
    await owner.query('release attempt');
    return null;
  } catch (fault) {
    await owner.query('rollback to attempt');
    return fault instanceof Error ? fault.message : String(fault);
  }
};

interface Dependent {
  drop: string;
  make: string;
}

/** What holds on to a table by more than its name: policies and views that read it, and functions that take its rows. */
const dependents = async (owner: pg.Client, names: readonly string[]): Promise<Dependent[]> => {
  const { rows } = await owner.query<Dependent>(
    `select format('drop policy %I on %s', polname, polrelid::regclass) as drop,
       format('create policy %I on %s as %s for %s to %s%s%s', polname, polrelid::regclass,
         case when polpermissive then 'permissive' else 'restrictive' end,
         case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
         (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(polroles) r),
         ' using (' || pg_get_expr(polqual, polrelid) || ')',
         ' with check (' || pg_get_expr(polwithcheck, polrelid) || ')') as make
     from pg_policy
     union all
     select format('drop view %s', oid::regclass),
       format('create view %s with (security_invoker = true) as %s', oid::regclass, pg_get_viewdef(oid)) ||
       coalesce((select string_agg(format('; grant %s on %s to %s', privilege_type, c.oid::regclass, grantee::regrole), '')
                 from aclexplode(c.relacl) where grantee <> 0), '')
     from pg_class c where relkind = 'v' and relnamespace = 'public'::regnamespace
     union all
     select format('drop function %s', p.oid::regprocedure),
       pg_get_functiondef(p.oid) || format('; revoke all on function %I from public', p.proname) ||
       coalesce((select string_agg(format('; grant execute on function %I to %s', p.proname, grantee::regrole), '')
                 from aclexplode(p.proacl) where grantee <> 0), '')
     from pg_proc p
     where exists (select from pg_type t where t.typrelid::regclass::text = any ($1)
       and (t.oid = p.prorettype or t.oid = any (p.proargtypes)))`,
    [names],
  );
  return rows;
};

/** A row trigger is told the name of the partition: those that write the table's name down ask for the whole one. */
const nameTheWhole = async (owner: pg.Client): Promise<Difference[]> => {
  await owner.query(
    `create function whole_name(part oid) returns text language sql stable as $$
       select coalesce((select inhparent from pg_inherits where inhrelid = part), part)::regclass::text $$`,
  );
  const { rows } = await owner.query<{ name: string; sql: string }>(
    `select p.oid::regprocedure as name, pg_get_functiondef(p.oid) as sql from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prosrc like '%TG_TABLE_NAME%'`,
  );
  for (const { sql } of rows)
    await owner.query(sql.replaceAll('TG_TABLE_NAME', 'public.whole_name(TG_RELID)'));
  return rows.map(({ name }) => ({
    table: 'function',
    what: name,
    why: 'TG_TABLE_NAME is the name of the partition; made to ask for the name of the whole',
  }));
};

/** Divides all the tables that desks hold copies of, in one transaction, and joins them by their foreign keys again. */
export const divideAll = async (
  owner: pg.Client,
  parts: number,
): Promise<{ tables: number; found: Difference[] }> => {
  const { rows: tables } = await owner.query<{ name: string }>(
    'select name from replicated_tables order by name',
  );
  const names = tables.map(({ name }) => name);
  await owner.query('begin');
  await owner.query(`set local session_replication_role = replica`);
  const { rows: keys } = await owner.query<{ name: string; from: string; sql: string }>(
    `select conname as name, conrelid::regclass::text as from,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as sql
     from pg_constraint
     where contype = 'f' and conparentid = 0
       and (conrelid::regclass::text = any ($1) or confrelid::regclass::text = any ($1))`,
    [names],
  );
  for (const key of keys) await owner.query(`alter table ${key.from} drop constraint "${key.name}"`);
  const held = await dependents(owner, names);
  for (const { drop } of held) await owner.query(drop);
  const found: Difference[] = [];
  for (const name of names) found.push(...(await divide(owner, name, parts)));
  for (const key of keys) {
    const why = await attempt(owner, key.sql);
    if (why !== null) found.push({ table: key.from, what: `foreign key ${key.name}`, why });
  }
  found.push(...(await nameTheWhole(owner)));
  for (const { make } of held) await owner.query(make);
  await owner.query('commit');
  return { tables: names.length, found };
};
