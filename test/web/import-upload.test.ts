import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Right } from '../../src-main/contract/calls.ts';
import { refuse } from '../../src-main/contract/errors.ts';
import { createFileCalls } from '../../src-main/core/file-calls.ts';
import type { Seat } from '../../src-main/core/front-desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import { FileStore } from '../../src-main/core/store/file-store.ts';
import { ImportFiles } from '../../src-main/core/store/import-files.ts';
import { serveFile } from '../../src-main/electron/files.ts';
import { answerFile, filesFor, json } from '../../src-main/shell/files.ts';
import { receiveImport } from '../../src-main/shell/import-upload.ts';
import { startServer, type WebServer } from '../../src-main/web/server.ts';
import { type ClinicDesk, clinicDesk } from '../support/clinic.ts';
import { temporaryFolder } from '../support/desk.ts';

let desk: ClinicDesk;
let folder: ReturnType<typeof temporaryFolder>;
let chosen: string;
let importFiles: ImportFiles;
let server: WebServer;
let rights: ReadonlySet<Right>;

beforeEach(async () => {
  desk = clinicDesk();
  folder = temporaryFolder();
  chosen = join(folder.path, 'imports');
  importFiles = new ImportFiles(chosen);
  desk.importFiles = importFiles;
  rights = new Set<Right>(['clinic.manage']);
  const seat = (): Seat => ({ session: { userId: null, rights }, generation: 0, isMovedBy: () => false });
  server = await startServer(
    {
      dispatch: async () => refuse('unknown_call'),
      on: () => () => undefined,
      admit: () => null,
      isOpen: () => false,
      dismiss: () => undefined,
      openSeat: seat,
      closeSeat: () => undefined,
      files: calls(),
    },
    0,
  );
});
afterEach(async () => {
  await server.close();
  desk.dispose();
  folder.remove();
});

const calls = () =>
  createFileCalls(desk, new FileStore(join(folder.path, 'files'), Buffer.alloc(32, 7)), noLog);
/** More than any attachment may have. */
const dump = randomBytes(30 * 1024 * 1024);
const headers = {
  'content-type': 'application/octet-stream',
  'x-file-name': encodeURIComponent('αντίγραφο.sql'),
};
const send = async (body: BodyInit, more: Record<string, string> = {}) => {
  const response = await fetch(`http://127.0.0.1:${server.port}/files/import`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${server.token}`, ...more },
    body,
  });
  return {
    status: response.status,
    result: (await response.json()) as { ok: boolean; value: { file: string } },
  };
};

describe('a file that is chosen for an import', () => {
  it('goes to disk whole, whatever its size, and is found again under its own name', async () => {
    const { status, result } = await send(dump);
    expect(status).toBe(200);
    const found = importFiles.fileOf(result.value.file);
    expect(found?.name).toBe('αντίγραφο.sql');
    expect(readFileSync(found?.path ?? '').equals(dump)).toBe(true);
    expect(statSync(found?.path ?? '').mode & 0o777).toBe(0o600);
  });

  it('comes the same way from the desktop window', async () => {
    const files = filesFor(calls(), { userId: null, rights });
    const request = new Request('anteroom://desk/files/import', { method: 'POST', headers, body: dump });
    const answer = await serveFile(request, async (asked) => {
      expect(asked.body).toHaveLength(0);
      return answerFile(files, asked);
    });
    const { value } = (await answer.json()) as { value: { file: string } };
    expect(readFileSync(importFiles.fileOf(value.file)?.path ?? '').equals(dump)).toBe(true);
  });

  it('is taken only from somebody who manages the clinic', async () => {
    rights = new Set();
    expect((await send('id;name')).result).toMatchObject({
      ok: false,
      error: { code: 'not_allowed', details: { right: 'clinic.manage' } },
    });
    expect(existsSync(chosen)).toBe(false);
  });

  it('is not taken from a form of another page', async () => {
    expect(await send('id;name', { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    expect(existsSync(chosen)).toBe(false);
  });

  it('leaves nothing when it breaks off', async () => {
    const { path, file } = importFiles.place('0192f000-0060-7000-8000-000000000001', 'dump.sql');
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('cut');
      })(),
    );
    const answer = await receiveImport(json(200, { ok: true, value: { file, path } }), broken);
    expect(answer.status).toBe(500);
    expect(importFiles.fileOf(file)).toBeNull();
  });
});

describe('the files for imports', () => {
  const put = (id: string, age = 0): string => {
    const { file, path } = importFiles.place(`0192f000-0060-7000-8000-00000000000${id}`, 'a/b.csv');
    writeFileSync(path, 'x');
    const at = Date.parse('2026-11-24T00:00:00Z') / 1000 - age;
    utimesSync(join(path, '..'), at, at);
    return file;
  };

  it('are those that were given and those of this computer, and no others', () => {
    expect(importFiles.fileOf(put('1'))).toMatchObject({ name: 'a/b.csv' });
    const own = join(folder.path, 'own.csv');
    writeFileSync(own, 'x');
    expect(importFiles.fileOf(own)).toEqual({ path: own, name: 'own.csv' });
    mkdirSync(join(chosen, 'elsewhere'));
    writeFileSync(join(chosen, 'elsewhere/content'), 'x');
    for (const file of ['', 'own.csv', '../own.csv', 'elsewhere/x', `${folder.path}/no.csv`, folder.path])
      expect(importFiles.fileOf(file)).toBeNull();
  });

  it('go when their import is over, and when none began in time', () => {
    const [over, old, needed, fresh] = [put('1'), put('2', 90_000), put('3', 90_000), put('4', 10)];
    importFiles.remove(over);
    importFiles.sweep([needed], Date.parse('2026-11-23T00:00:00Z'));
    expect([over, old, needed, fresh].map((file) => importFiles.fileOf(file) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(readdirSync(chosen)).toHaveLength(2);
  });
});
