import { afterAll, beforeAll, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import { withClient } from '../../support/central.ts';
import { anyone } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

let clinic: SmallClinic;
let desk: LiveDesk;
let url = '';
let nextSlot = 0;
beforeAll(async () => {
  clinic = await smallClinic(['Desk 1']);
  url = clinic.desks[0]?.url ?? '';
  desk = liveDesk(url, { pollMs: 100, random: () => 0.05 });
  await desk.quiet();
});
afterAll(async () => {
  await desk.dispose();
  await clinic.drop();
});

const owner = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(clinic.ownerUrl, work);
/** Has every connection of the desk be a new one. */
const reconnect = () =>
  owner((client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'anteroom%'`,
    ),
  );
const bookNext = () =>
  must(
    book(desk, anyone, {
      slotId: clinic.doctors[0]?.slots[nextSlot++] ?? '',
      patientId: clinic.patients[0] ?? '',
    }),
  ).id;
const addPatient = (name: string) =>
  owner((client) =>
    client.query(
      `begin read write;
       insert into patients (clinic_id, id, first_name, last_name)
         values ('${clinic.clinicId}', gen_random_uuid(), 'Patient', '${name}');
       commit`,
    ),
  );
const isHere = (name: string) =>
  desk.replica.statement('select 1 from patients where last_name = ?').get(name) !== undefined;

const ways = {
  central_read_only: {
    begin: async () => {
      await owner((client) =>
        client.query(
          `do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`,
        ),
      );
      await reconnect();
    },
    end: async () => {
      await owner((client) =>
        client.query(
          `begin read write;
           do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$;
           commit`,
        ),
      );
      await reconnect();
    },
  },
  // What Postgres says where its disk has no room for another page of a table.
  central_full: {
    begin: () =>
      owner((client) =>
        client.query(
          `create function no_room() returns trigger language plpgsql as
             $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
           create trigger no_room before insert on changes for each row execute function no_room()`,
        ),
      ),
    end: () => owner((client) => client.query('drop function no_room cascade')),
  },
};

test.each(['central_full', 'central_read_only'] as const)(
  'a central that saves nothing (%s) is said; what others did still comes, and what was booked waits and is sent',
  async (code) => {
    await ways[code].begin();
    const id = bookNext();
    await until('the desk says so', () => desk.engine.state().troubles[0]?.code === code);
    await addPatient(`Came ${code}`);
    await until('what others did comes', () => isHere(`Came ${code}`));
    expect(desk.engine.state()).toMatchObject({ phase: 'sending', waiting: 1, refused: 0 });
    await ways[code].end();
    await desk.quiet();
    await until('it is over', () => desk.engine.state().troubles.every((trouble) => trouble.code !== code));
    const outcomes = await owner(async (client) => {
      const { rows } = await client.query(
        `select outcome from changes where rows @> jsonb_build_array(jsonb_build_object('id', $1::text))`,
        [id],
      );
      return rows.map(({ outcome }: { outcome: string }) => outcome);
    });
    expect(outcomes).toEqual(['applied']);
    expect(await differences(url, desk.replica)).toEqual([]);
  },
);
