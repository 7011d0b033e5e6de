import { randomBytes } from 'node:crypto';
import { addClinic, addDesk, initCentral } from '../../../src-main/core/central/admin.ts';
import { openFrontDesk } from '../../../src-main/core/front-desk.ts';
import { serverUrl, type TestDesk, withClient } from '../../support/central.ts';
import { fillSmallClinic, type SmallClinic } from '../../support/small-clinic.ts';
import type { Program } from './earlier.ts';

/** The program as it is now. */
export const presentProgram: Program = { initCentral, addClinic, addDesk, openFrontDesk };

/** So far ahead that no desk makes slots of that day, and none is leased, whenever the tests run. */
const farAhead = Date.parse('2036-11-25T07:00:00.000Z');

/** A small clinic at a central that `program` made. */
export const clinicOf = async (
  program: Program,
  deskNames: string[],
  size: { patients: number; doctors: number } = { patients: 6, doctors: 2 },
): Promise<SmallClinic> => {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  given(await program.initCentral(ownerUrl));
  const clinicId = given(
    await program.addClinic(ownerUrl, { name: 'Test clinic', timezone: 'Europe/Athens' }),
  );
  const desks: TestDesk[] = [];
  for (const desk of deskNames)
    desks.push({ name: desk, ...given(await program.addDesk(ownerUrl, { clinicId, name: desk })) });
  return {
    ownerUrl,
    clinicId,
    desks,
    ...(await fillSmallClinic(ownerUrl, clinicId, size.patients, size.doctors, farAhead)),
    drop: async () => {
      await withClient(server, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};

/** Brings a central to the schema of now, while desks go on. */
export const migrate = async (ownerUrl: string): Promise<void> => {
  given(await initCentral(ownerUrl));
};

const given = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
