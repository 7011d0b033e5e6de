import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message, StoredFile } from '../../src-main/contract/message.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import type { Session } from '../../src-main/core/desk.ts';
import { createFileCalls } from '../../src-main/core/file-calls.ts';
import { noLog } from '../../src-main/core/log.ts';
import { deleteMessage, editMessage } from '../../src-main/core/messages/edit.ts';
import { exportMessages } from '../../src-main/core/messages/export.ts';
import { importMessages } from '../../src-main/core/messages/import.ts';
import { sendMessage } from '../../src-main/core/messages/send.ts';
import { messageThread } from '../../src-main/core/messages/thread.ts';
import { readThread, unreadMessages } from '../../src-main/core/messages/unread.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { clinicWithDesks, withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type FilingDesk, filingDesk } from '../support/desk-files.ts';
import { documentLine } from '../support/documents.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('messages of two desks', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let one: FilingDesk;
  let two: FilingDesk;
  let slot = 0;

  beforeAll(async () => {
    clinic = await smallClinic();
  });
  afterAll(() => clinic.drop());
  beforeEach(async () => {
    one = filingDesk(clinic.desks[0]?.url ?? '');
    two = filingDesk(clinic.desks[1]?.url ?? '');
    // The ids of messages carry the real time.
    for (const desk of [one, two]) desk.setNow(new Date().toISOString());
    await Promise.all([one.quiet(), two.quiet()]);
  });
  afterEach(async () => {
    await Promise.all([one.dispose(), two.dispose()]);
  });

  const at = (desk: FilingDesk): Session => ({ ...anyone, userId: readDeskState(desk.replica).userId });
  const filing = (desk: FilingDesk) => ({ ...desk, files: desk.files });
  const calls = (desk: FilingDesk) => createFileCalls(desk, desk.store, noLog);
  const appointmentAt = async (desk: FilingDesk): Promise<string> => {
    const slotId = clinic.doctors[0]?.slots[slot++] ?? '';
    const { id } = must(book(desk, anyone, { slotId, patientId: clinic.patients[0] ?? '' }));
    await bothQuiet();
    return id;
  };
  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  const send = (
    desk: FilingDesk,
    appointmentId: string,
    markdown: string,
    files: StoredFile[] = [],
  ): Message =>
    must(
      sendMessage(filing(desk), at(desk), { appointmentId, type: 'chat', markdown, tags: ['lab'], files }),
    );
  const thread = (desk: FilingDesk, appointmentId: string) =>
    must(messageThread(desk, at(desk), { appointmentId })).messages;
  const exported = (desk: FilingDesk): string[] => must(exportMessages(desk, at(desk), { limit: 500 })).lines;

  test('a document that was imported at one desk comes out of the other byte for byte', async () => {
    const lines = fc.sample(documentLine, { numRuns: 60, seed: 42 });
    const unique = [...new Map(lines.map((line) => [JSON.stringify(JSON.parse(line)._id), line])).values()];
    const taken = must(importMessages(one, at(one), { lines: unique, firstLine: 1 }));
    expect(taken).toEqual({ imported: unique.length, known: 0, problems: [] });
    await bothQuiet();
    const there = new Set(exported(two));
    expect(unique.filter((line) => !there.has(line))).toEqual([]);
    // Taking them again at the other desk changes nothing.
    expect(must(importMessages(two, at(two), { lines: unique, firstLine: 1 }))).toEqual({
      imported: 0,
      known: unique.length,
      problems: [],
    });
    expect(await differences(clinic.desks[1]?.url ?? '', two.replica)).toEqual([]);
  });

  test('one file that both desks import offline is there once, and nobody is refused', async () => {
    const line =
      '{"_id":{"$oid":"77ff1a7f8f1b2c3456789abc"},"thread_id":"t-both","text":"Same","meta":{"created_at":{"$date":"2026-10-04T06:30:00Z"}}}';
    for (const desk of [one, two]) desk.engine.workOffline(true);
    for (const desk of [one, two]) must(importMessages(desk, at(desk), { lines: [line], firstLine: 1 }));
    for (const desk of [one, two]) desk.engine.workOffline(false);
    await bothQuiet();
    for (const desk of [one, two]) {
      expect(exported(desk).filter((each) => each === line)).toHaveLength(1);
      expect(desk.engine.state().refused).toBe(0);
    }
    expect(await differences(clinic.desks[0]?.url ?? '', one.replica)).toEqual([]);
  });

  test('a message with a file that was written offline can be read at the other desk, its bytes the same', async () => {
    const appointmentId = await appointmentAt(one);
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_300_000)]);
    one.engine.workOffline(true);
    const file = must(await calls(one).take(at(one), 'αποτέλεσμα.pdf', bytes));
    send(one, appointmentId, 'Your **result** is here.', [file]);
    expect(thread(one, appointmentId)[0]).toMatchObject({ provisional: true, text: 'Your result is here.' });

    one.engine.workOffline(false);
    await bothQuiet();
    const [message] = thread(two, appointmentId);
    const [attached] = message?.files ?? [];
    expect(attached).toMatchObject({ fileName: 'αποτέλεσμα.pdf', shown: 'pdf', sizeBytes: bytes.length });
    const id = attached?.attachmentId ?? '';
    await until('central has the bytes', () =>
      withClient(clinic.ownerUrl, async (owner) => {
        const { rows } = await owner.query('select 1 from attachment_contents where sha256 = $1', [
          file.sha256,
        ]);
        return rows.length === 1;
      }),
    );
    expect(await calls(two).give(at(two), id)).toMatchObject({ error: { code: 'file_missing' } });
    const named = { sha256: file.sha256, size: bytes.length };
    two.files.fetch(named);
    await until('the file has come', () => two.files.state(named).state === 'here');
    expect(must(await calls(two).give(at(two), id)).bytes.equals(bytes)).toBe(true);
  });

  test('a file that the other desk has not sent is told so, and comes when it was', async () => {
    const appointmentId = await appointmentAt(one);
    const file = must(await calls(one).take(at(one), 'note.txt', Buffer.from('a note of some length')));
    // The message is sent, and the desk that has the bytes is switched off before they go.
    await one.files.close();
    send(one, appointmentId, '', [file]);
    await bothQuiet();
    const named = { sha256: file.sha256, size: file.sizeBytes };
    expect(two.files.state(named)).toMatchObject({ state: 'away', online: true });
    two.files.fetch(named);
    await until('central has answered', () => two.files.state(named).state === 'not_sent');
    two.engine.workOffline(true);
    expect(two.files.state(named)).toMatchObject({ state: 'away', online: false });
  });

  test('a file that was tampered with on the disk is refused, and fetched anew where there is a connection', async () => {
    const appointmentId = await appointmentAt(one);
    const file = must(await calls(one).take(at(one), 'note.txt', Buffer.from('the true result')));
    send(one, appointmentId, '', [file]);
    await bothQuiet();
    const id = thread(one, appointmentId)[0]?.files[0]?.attachmentId ?? '';
    const named = { sha256: file.sha256, size: file.sizeBytes };
    await until('central has the bytes', () =>
      withClient(clinic.ownerUrl, async (owner) => {
        const { rows } = await owner.query('select 1 from attachment_contents where sha256 = $1', [
          file.sha256,
        ]);
        return rows.length === 1;
      }),
    );
    const path = join(one.folder, file.sha256);
    const stored = readFileSync(path);
    stored.writeUInt8(stored.readUInt8(20) ^ 1, 20);
    writeFileSync(path, stored);
    expect(await calls(one).give(at(one), id)).toMatchObject({ error: { code: 'file_damaged' } });
    expect(one.files.state(named).state).toBe('away');
    one.files.fetch(named);
    await until('the file has come', () => one.files.state(named).state === 'here');
    expect(must(await calls(one).give(at(one), id)).bytes.toString()).toBe('the true result');
  });

  test("another clinic's desk cannot fetch a file by its hash, nor put one, nor ask for it", async () => {
    const appointmentId = await appointmentAt(one);
    const file = must(await calls(one).take(at(one), 'note.txt', Buffer.from('for this clinic only')));
    send(one, appointmentId, '', [file]);
    await bothQuiet();
    await until('central has the bytes', () =>
      withClient(clinic.ownerUrl, async (owner) => {
        const { rows } = await owner.query('select 1 from attachment_contents where sha256 = $1', [
          file.sha256,
        ]);
        return rows.length === 1;
      }),
    );
    const other = await clinicWithDesks(clinic.ownerUrl, ['Elsewhere'], { name: 'Other clinic' });
    const [desk] = other.desks;
    await withClient(desk?.url ?? '', async (stranger) => {
      const asked = await stranger.query(
        `select get_attachment($1, 0, 100) as bytes, missing_attachments(array[$1]) as missing,
           put_attachment($1, 'for this clinic only'::bytea) as put`,
        [file.sha256],
      );
      expect(asked.rows).toEqual([{ bytes: null, missing: [], put: false }]);
    });
    const own = clinic.desks[1];
    await withClient(own?.url ?? '', async (client) => {
      const asked = await client.query('select get_attachment($1, 4, 4) as bytes', [file.sha256]);
      expect(String(asked.rows[0].bytes)).toBe('this');
      await expect(
        client.query(`select put_attachment($1, 'something else here!'::bytea)`, [file.sha256]),
      ).rejects.toMatchObject({ code: '23514', constraint: 'attachment_contents_named' });
      expect(
        String((await client.query('select get_attachment($1, 0, 99) as b', [file.sha256])).rows[0].b),
      ).toBe('for this clinic only');
      await expect(client.query('select from attachment_contents')).rejects.toMatchObject({ code: '42501' });
    });
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query('update desks set disabled_at = now() where id = $1', [desk?.deskId]),
    );
    await withClient(desk?.url ?? '', (stranger) =>
      expect(stranger.query('select get_attachment($1, 0, 1)', [file.sha256])).rejects.toMatchObject({
        code: '42501',
      }),
    );
  });

  test('two edits of one message apart are shown to a person, who decides', async () => {
    const appointmentId = await appointmentAt(one);
    const sent = send(one, appointmentId, 'First');
    await bothQuiet();
    // The desks of this clinic act as two accounts; the author edits at the other desk as well.
    const author = at(one);
    one.engine.workOffline(true);
    must(editMessage(two, author, { messageId: sent.id, version: 1, markdown: 'Theirs' }));
    must(editMessage(one, author, { messageId: sent.id, version: 1, markdown: 'Mine' }));
    await two.quiet();
    one.engine.workOffline(false);
    await until('the inbox has it', () => one.engine.state().refused === 1);
    await bothQuiet();
    const [entry] = must(conflicts(one, anyone));
    expect(entry).toMatchObject({ kind: 'editMessage', code: 'clash', subject: { name: 'Patient No0' } });
    expect(entry?.columns.find(({ column }) => column === 'text')).toMatchObject({
      mine: 'Mine',
      theirs: 'Theirs',
    });
    expect(thread(one, appointmentId)[0]).toMatchObject({ text: 'Theirs', version: 2 });
    must(resolveConflict(one, author, { changeId: entry?.changeId ?? '', choice: 'keep_mine' }));
    await bothQuiet();
    expect(thread(two, appointmentId)[0]).toMatchObject({ text: 'Mine', markdown: 'Mine' });
    expect(one.engine.state().refused).toBe(0);
  });

  test('a message deleted here and edited there is not deleted in silence', async () => {
    const appointmentId = await appointmentAt(one);
    const sent = send(one, appointmentId, 'First');
    await bothQuiet();
    const author = at(one);
    one.engine.workOffline(true);
    two.setNow(new Date(Date.now() + 1000).toISOString());
    must(editMessage(two, author, { messageId: sent.id, version: 1, markdown: 'Theirs' }));
    must(deleteMessage(one, author, { messageId: sent.id, deleted: true }));
    await two.quiet();
    one.engine.workOffline(false);
    await until('the inbox has it', () => one.engine.state().refused === 1);
    expect(must(conflicts(one, anyone))[0]).toMatchObject({
      kind: 'deleteMessage',
      choices: ['keep_mine', 'keep_theirs'],
    });
    expect(thread(one, appointmentId)[0]?.deletedAt).toBeNull();
  });

  test('who has read a message is known at every desk, and stands in the exported document', async () => {
    const appointmentId = await appointmentAt(one);
    const { threadId } = send(one, appointmentId, 'Please ring back.');
    await bothQuiet();
    const reader: Session = { ...anyone, userId: readDeskState(two.replica).userId };
    expect(must(unreadMessages(two, reader, { appointmentId }))).toEqual({ messages: 1, threads: 1 });
    two.engine.workOffline(true);
    expect(must(readThread(two, reader, { threadId }))).toEqual({ read: 1 });
    expect(must(readThread(two, reader, { threadId }))).toEqual({ read: 0 });
    expect(must(unreadMessages(two, reader, { appointmentId }))).toEqual({ messages: 0, threads: 0 });
    two.engine.workOffline(false);
    await bothQuiet();
    expect(thread(one, appointmentId)[0]?.readBy).toHaveLength(1);
    const line = exported(one).find((each) => each.includes('Please ring back.')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      _id: { $oid: expect.stringMatching(/^[0-9a-f]{24}$/) },
      thread_id: threadId,
      rich_text: { markdown: 'Please ring back.' },
      relationalRefs: { appointment_id: appointmentId, patient_id: clinic.patients[0] },
      read_receipts: [{ user_id: reader.userId, read_at: { $date: expect.any(String) } }],
      denorm: { patient: { display_name: 'Patient No0' } },
      meta: { version: 1, created_at: { $date: expect.any(String) } },
    });
    // And back again, as a document that is known here.
    expect(must(importMessages(two, at(two), { lines: [line], firstLine: 1 }))).toMatchObject({ known: 1 });
  });
});
