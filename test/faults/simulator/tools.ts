/**
 * What a simulated central has beside the product's own schema: a clock that the world sets in place of the machine's,
 * a name of its history that a restore can change, and a way to take all rows out and put them back.
 */
export const toolsSql: readonly string[] = [
  `create sequence sim_time minvalue 0`,
  `create sequence sim_history`,
  `create function sim_clock() returns timestamptz language sql volatile security definer
     set search_path = pg_catalog, public, pg_temp
     as $$ select to_timestamp(last_value / 1000.0) from sim_time $$`,
  // Every function of ours that reads the clock reads the world's.
  `do $$ declare f record; begin
     for f in select pg_get_functiondef(p.oid) as text from pg_proc p
       where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname <> 'sim_clock'
         and p.probin is null and p.prosrc ~ '(clock_timestamp|\\mnow)\\(\\)'
         and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
       execute regexp_replace(f.text, '(clock_timestamp|\\mnow)\\(\\)', 'public.sim_clock()', 'g');
     end loop;
   end $$`,
  `do $$ declare c record; begin
     for c in select a.adrelid::regclass as owner, t.attname as name, pg_get_expr(a.adbin, a.adrelid) as text
       from pg_attrdef a join pg_attribute t on t.attrelid = a.adrelid and t.attnum = a.adnum
       where pg_get_expr(a.adbin, a.adrelid) ~ '(clock_timestamp|\\mnow)\\(\\)' and t.attgenerated = '' loop
       execute format('alter table %s alter column %I set default %s', c.owner, c.name,
         regexp_replace(c.text, '(clock_timestamp|\\mnow)\\(\\)', 'public.sim_clock()', 'g'));
     end loop;
   end $$`,
  `grant execute on function sim_clock() to public`,
  `do $$ begin
     execute replace(pg_get_functiondef('central_epoch'::regproc), 'SELECT c.id ||',
       'SELECT (SELECT last_value FROM public.sim_history) || ''/'' || c.id ||');
   end $$`,
  // Every backend is logged in as the owner; who has a connection is what the world says.
  `create table sim_there (role text primary key)`,
  `create or replace function is_desk_there(desk desks) returns boolean language sql volatile security definer
     set search_path = pg_catalog, public, pg_temp
     as $$ select exists (select from sim_there t where t.role = desk.role) $$`,
  // The tables that hold a clinic's rows, partitions through their parents.
  `create view sim_tables as
     select c.oid::regclass as owner, c.relname as name,
       (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id' and a.attnum > 0)`,
  `create function sim_take() returns jsonb language plpgsql as $$
   declare t record; rows jsonb; taken jsonb := '{}'; begin
     for t in select * from sim_tables loop
       execute format('select jsonb_agg(to_jsonb(r)) from (select %s from %s) r', t.columns, t.owner) into rows;
       if rows is not null then taken := taken || jsonb_build_object(t.name, rows); end if;
     end loop;
     return taken;
   end $$`,
  `create function sim_put(picture jsonb) returns void language plpgsql set session_replication_role = replica as $$
   declare t record; begin
     for t in select * from sim_tables loop
       execute format('delete from %s', t.owner);
       if picture ? t.name then
         execute format('insert into %1$s (%2$s) overriding system value
           select %2$s from jsonb_populate_recordset(null::%1$s, $1)', t.owner, t.columns) using picture -> t.name;
       end if;
     end loop;
   end $$`,
];
