import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileKinds } from '../../src-main/contract/message.ts';
import type { Desk, Session } from '../../src-main/core/desk.ts';
import { createFileCalls } from '../../src-main/core/file-calls.ts';
import { noLog } from '../../src-main/core/log.ts';
import { deleteMessage, editMessage } from '../../src-main/core/messages/edit.ts';
import { cleanFileName, kindOfFile } from '../../src-main/core/messages/file-kind.ts';
import { importMessages } from '../../src-main/core/messages/import.ts';
import { plainText } from '../../src-main/core/messages/plain-text.ts';
import { sendMessage } from '../../src-main/core/messages/send.ts';
import { messageThread } from '../../src-main/core/messages/thread.ts';
import { messageThreads } from '../../src-main/core/messages/threads.ts';
import { readThread, unreadMessages } from '../../src-main/core/messages/unread.ts';
import * as schema from '../../src-main/core/schema/replica/index.ts';
import { FileStore } from '../../src-main/core/store/file-store.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
const colleague: Session = { ...receptionist, userId: '0192f000-0002-7000-8000-000000000099' };
beforeEach(() => {
  // The ids of messages carry the real time.
  desk = clinicDesk(new Date().toISOString());
  for (const [id, displayName] of [
    [ids.receptionist, 'Eleni at the desk'],
    [colleague.userId, 'Nikos at the desk'],
  ]) {
    desk.put(schema.users, { id, email: `${id}@example.com`, displayName, role: 'receptionist' });
  }
});
afterEach(() => desk.dispose());

const appointmentOf = (patientId: string): string =>
  desk.putAppointment({ doctorId: ids.adamou, patientId, start: '2026-11-24T07:00:00.000Z' });
const send = (appointmentId: string, markdown: string, session = receptionist) =>
  must(sendMessage(desk, session, { appointmentId, type: 'chat', markdown, tags: [], files: [] }));
const threads = (input: object = {}, session = receptionist) =>
  must(messageThreads(desk, session, { limit: 50, ...input }));

describe('threads', () => {
  test('with unread messages come first, then the newest; reading moves no message', () => {
    const [maria, john] = [appointmentOf(ids.maria), appointmentOf(ids.john)];
    send(maria, 'A question', colleague);
    send(john, 'An answer');
    expect(threads().threads.map(({ name, unread }) => [name, unread])).toEqual([
      ['Μαρία Παπαδοπούλου', 1],
      ['John Smith', 0],
    ]);
    must(readThread(desk, receptionist, { threadId: `apt-${maria}` }));
    expect(threads().threads.map(({ name }) => name)).toEqual(['John Smith', 'Μαρία Παπαδοπούλου']);
    expect(must(unreadMessages(desk, receptionist, {}))).toEqual({ messages: 0, threads: 0 });
    expect(must(unreadMessages(desk, colleague, {}))).toEqual({ messages: 1, threads: 1 });
  });

  test('are found by their patient, in Greek or Latin letters, and by the names of imported documents', () => {
    send(appointmentOf(ids.maria), 'One');
    send(appointmentOf(ids.john), 'Two');
    const line = `{"_id":1,"thread_id":"apt-7","denorm":{"patient":{"display_name":"Άννα Λιόλιου"}}}`;
    must(importMessages(desk, receptionist, { lines: [line], firstLine: 1 }));
    const names = (input: object) => threads(input).threads.map(({ name }) => name);
    expect(names({ text: 'papad' })).toEqual(['Μαρία Παπαδοπούλου']);
    expect(names({ text: 'anna lio' })).toEqual(['Άννα Λιόλιου']);
    expect(names({ text: 'apt-7' })).toEqual(['Άννα Λιόλιου']);
    expect(names({ patientId: ids.john })).toEqual(['John Smith']);
  });

  test('are read on page by page, each once', () => {
    for (let n = 0; n < 7; n += 1) send(appointmentOf(ids.maria), `${n}`);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = threads({ limit: 3, ...(after ? { after } : {}) });
      seen.push(...page.threads.map(({ last }) => last.text));
      after = page.more ? page.threads.at(-1)?.cursor : undefined;
    } while (after);
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  test('of an appointment are there before the first message, and keep the name that an import gave them', () => {
    const appointmentId = appointmentOf(ids.maria);
    expect(must(messageThread(desk, receptionist, { appointmentId }))).toMatchObject({
      threadId: `apt-${appointmentId}`,
      messages: [],
    });
    const line = `{"_id":1,"thread_id":"apt-7","relationalRefs":{"appointment_id":"${appointmentId}"}}`;
    must(importMessages(desk, receptionist, { lines: [line], firstLine: 1 }));
    expect(send(appointmentId, 'Reply').threadId).toBe('apt-7');
  });
});

describe('a message', () => {
  test('is changed and deleted by its author only, and not over a change that was not seen', () => {
    const { id } = send(appointmentOf(ids.maria), 'First **text**');
    const edit = (session: Session, version: number) =>
      editMessage(desk, session, { messageId: id, version, markdown: 'Second' });
    expect(edit(colleague, 1)).toMatchObject({ error: { code: 'not_yours' } });
    expect(deleteMessage(desk, colleague, { messageId: id, deleted: true })).toMatchObject({
      error: { code: 'not_yours' },
    });
    expect(must(edit(receptionist, 1))).toMatchObject({ text: 'Second', version: 2 });
    expect(edit(receptionist, 1)).toMatchObject({
      error: { code: 'message_changed', details: { version: 2 } },
    });
    expect(must(deleteMessage(desk, receptionist, { messageId: id, deleted: true }))).toMatchObject({
      text: '',
      version: 3,
    });
    expect(must(deleteMessage(desk, receptionist, { messageId: id, deleted: false }))).toMatchObject({
      text: 'Second',
      deletedAt: null,
    });
  });

  test('with nothing in it, or with a file that is not on this PC, is not sent', () => {
    const appointmentId = appointmentOf(ids.maria);
    const base = { appointmentId, type: 'chat' as const, markdown: ' ', tags: [], files: [] };
    const before = desk.waiting().length;
    expect(sendMessage(desk, receptionist, base)).toMatchObject({ error: { code: 'invalid_input' } });
    const file = { sha256: 'a'.repeat(64), fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 9 };
    expect(sendMessage(desk, receptionist, { ...base, files: [file] })).toMatchObject({
      error: { code: 'file_missing' },
    });
    expect(desk.waiting()).toHaveLength(before);
  });

  test('of before the account of who reads it is no news', () => {
    desk.put(schema.users, {
      id: colleague.userId,
      email: 'n@example.com',
      displayName: 'New',
      role: 'receptionist',
      created_at: new Date(Date.now() + 5 * 86_400_000).toISOString(),
    });
    send(appointmentOf(ids.maria), 'Old');
    expect(must(unreadMessages(desk, colleague, {})).messages).toBe(0);
  });

  test.each([
    ['Hi **John**, drink *more* water', 'Hi John, drink more water'],
    ['# Title\n\n> quoted\n\n- one\n- `two`', 'Title\n\nquoted\n\n- one\n- two'],
    ['[page](https://x.example) ![x](y) ~~no~~ __yes__', 'page x no yes'],
    ['2 * 3 * 4 and file_name_here', '2 * 3 * 4 and file_name_here'],
  ])('says without its marks what it said with them: %s', (markdown, plain) => {
    expect(plainText(markdown)).toBe(plain);
  });
});

describe('a file', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
  const office = Buffer.from('PK\x03\x04....[Content_Types].xml', 'latin1');
  test.each([
    ['photo.png', png, 'image/png'],
    ['photo.JPG', png, 'image/png'],
    ['photo.jpg', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'image/jpeg'],
    ['scan.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'],
    ['notes.txt', Buffer.from('Καλημέρα'), 'text/plain'],
    ['letter.docx', office, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['photo.png', Buffer.from('<script>'), 'not_what_it_says'],
    ['scan.pdf', png, 'not_what_it_says'],
    ['notes.txt', Buffer.from('MZ\0\0'), 'not_what_it_says'],
    ['notes.txt', Buffer.from('#!/bin/sh\nrm -rf /'), 'not_what_it_says'],
    ['program.exe', Buffer.from('MZ'), 'not_allowed'],
    ['page.html', Buffer.from('<p>'), 'not_allowed'],
    ['drawing.svg', Buffer.from('<svg>'), 'not_allowed'],
    ['letter.docm', office, 'not_allowed'],
    ['noend', png, 'not_allowed'],
    ['empty.png', Buffer.alloc(0), 'empty'],
    ['large.png', Buffer.concat([png, Buffer.alloc(25 * 1024 * 1024)]), 'too_large'],
  ])('is known by its bytes and not by what it is called: %s', (name, bytes, kind) => {
    expect(kindOfFile(name, bytes)).toBe(kind);
  });

  test('has no folder and no unseen sign in its name', () => {
    expect(cleanFileName('../../etc/passwd.txt')).toBe('passwd.txt');
    expect(cleanFileName('C:\\x\\αποτέλεσμα.pdf')).toBe('αποτέλεσμα.pdf');
    expect(cleanFileName('photo\u202egnp.txt\0')).toBe('photognp.txt');
    expect(cleanFileName(`${'x'.repeat(500)}.pdf`)).toHaveLength(204);
  });

  test('is taken and given by who has the right, and by nobody else', async () => {
    const folder = temporaryFolder();
    const store = new FileStore(folder.path, desk.replica.key);
    const calls = createFileCalls(desk as Desk, store, noLog);
    const without = (right: 'messages.read' | 'messages.write'): Session => ({
      ...receptionist,
      rights: new Set([...receptionist.rights].filter((each) => each !== right)),
    });
    expect(await calls.take(without('messages.write'), 'a.png', png)).toMatchObject({
      error: { code: 'not_allowed' },
    });
    const sha256 = must(await calls.take(receptionist, 'a.png', png)).sha256;
    const id = '0192f000-0030-7000-8000-000000000001';
    desk.put(schema.attachments, {
      id,
      fileName: 'a.png',
      mimeType: 'text/html',
      sizeBytes: png.length,
      sha256,
    });
    expect(await calls.give(without('messages.read'), id)).toMatchObject({ error: { code: 'not_allowed' } });
    // By its bytes, whatever its row says.
    expect(must(await calls.give(receptionist, id)).mimeType).toBe('image/png');
    desk.put(schema.attachments, { id, fileName: 'a.html', mimeType: 'text/html', sizeBytes: 9, sha256 });
    expect(await calls.give(receptionist, id)).toMatchObject({ error: { code: 'file_refused' } });
    folder.remove();
  });

  test('of a kind that runs in a browser is none that is taken', () => {
    for (const kind of Object.keys(fileKinds)) expect(kind).not.toMatch(/html|svg|xml$|javascript|xhtml/);
  });
});
