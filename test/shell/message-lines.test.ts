import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportProblem } from '../../src-main/contract/message.ts';
import { createDispatch } from '../../src-main/core/dispatch.ts';
import { createHandlers } from '../../src-main/core/handlers.ts';
import { noLog } from '../../src-main/core/log.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { type CallDesk, exportLines, importLines } from '../../src-main/shell/message-lines.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
let engine: Engine;
let calls: CallDesk;
beforeEach(() => {
  desk = clinicDesk();
  engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 });
  const dispatch = createDispatch(createHandlers(desk, engine), noLog, desk.replica.health);
  calls = { dispatch: (name, input) => dispatch(name, input, receptionist) };
});
afterEach(async () => {
  await engine.close();
  desk.dispose();
});

const lineOf = (n: number, more = ''): string =>
  `{"_id":{"$oid":"${n.toString(16).padStart(24, '0')}"},"thread_id":"t${n % 7}","text":"Νο ${n}"${more},"meta":{"created_at":{"$date":{"$numberLong":"${1.76e12 + n}"}}}}`;

/** Bytes in pieces that end anywhere, also within a letter. */
async function* pieces(text: string | Buffer, size = 1009): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const take = async (source: AsyncIterable<Uint8Array>) => {
  const told: ImportProblem[] = [];
  const total = await importLines(calls, source, (problem) => told.push(problem));
  return { ...total, told };
};
const exported = async (): Promise<string[]> => {
  let text = '';
  await exportLines(calls, async (lines) => {
    text += lines;
  });
  return text.split('\n').filter(Boolean);
};

test('a file of many lines is taken whole and comes out as it was, in the order of time', async () => {
  const lines = Array.from({ length: 450 }, (_, n) => lineOf(n, n % 2 ? ',"x":1.0' : ''));
  expect(await take(pieces(`${lines.join('\n')}\n`))).toEqual({
    imported: 450,
    known: 0,
    problems: 0,
    told: [],
  });
  expect(await exported()).toEqual(lines);
  // A second time changes nothing.
  const before = desk.waiting().length;
  expect(await take(pieces(lines.join('\r\n')))).toMatchObject({ imported: 0, known: 450, problems: 0 });
  expect(desk.waiting()).toHaveLength(before);
});

test('a bad line is told with its number, the others go on, and of it nothing is there', async () => {
  const bad = Buffer.concat([
    Buffer.from(`${lineOf(1)}\n{"_id":2,\n\n${lineOf(4)}\n`),
    Buffer.from([0x7b, 0xff, 0x7d, 10]),
    Buffer.from(`{"thread_id":"t"}\n${lineOf(4, ',"y":2')}\n${'x'.repeat(900_001)}\n${lineOf(9)}`),
  ]);
  const { told, ...total } = await take(pieces(bad));
  expect(total).toEqual({ imported: 3, known: 0, problems: 5 });
  expect(told.map(({ line, why }) => [line, why]).sort()).toEqual([
    [2, 'not_json'],
    [5, 'not_json'],
    [6, 'no_id'],
    [7, 'differs'],
    [8, 'too_long'],
  ]);
  expect(await exported()).toEqual([lineOf(1), lineOf(4), lineOf(9)]);
});

test("references of another program stay as they are; this clinic's own are links", async () => {
  const refs = (appointment: string, patient: string) =>
    `,"relationalRefs":{"appointment_id":${appointment},"patient_id":${patient},"doctor_id":42}`;
  const appointmentId = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: '2026-11-24T07:00:00.000Z',
  });
  const lines = [lineOf(1, refs('123', '501')), lineOf(2, refs(`"${appointmentId}"`, `"${ids.maria}"`))];
  await take(pieces(lines.join('\n')));
  const rows = desk.replica
    .statement('select appointment_id a, patient_id p, doctor_id d from messages order by id')
    .all();
  expect(rows).toEqual([
    { a: null, p: null, d: null },
    { a: appointmentId, p: ids.maria, d: null },
  ]);
  expect(await exported()).toEqual(lines);
});

test('who may not export gets no line', async () => {
  const dispatch = createDispatch(createHandlers(desk, engine), noLog, desk.replica.health);
  for (const missing of ['export', 'messages.read'] as const) {
    const rights = new Set([...receptionist.rights].filter((right) => right !== missing));
    expect(await dispatch('exportMessages', {}, { ...receptionist, rights })).toMatchObject({
      error: { code: 'not_allowed', details: { right: missing } },
    });
  }
});
