import { EJSON } from 'bson';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLine, writeLine } from '../../src-main/core/messages/document.ts';
import { firstIdAt, importedId, objectIdOf, timeOfId } from '../../src-main/core/messages/ids.ts';
import { documentLine } from '../support/documents.ts';

/** The document that clinic-schema gives as its example. */
const example = `{"_id":{"$oid":"66ff1a7f8f1b2c3456789abc"},"thread_id":"apt-2025-10-04-000123","type":"chat","text":"Hi John, please drink more water and rest today.","rich_text":{"markdown":"Hi **John**, please drink more water and rest today."},"relationalRefs":{"appointment_id":123,"patient_id":501,"doctor_id":42,"location_id":3},"author":{"role":"doctor","id":42,"display_name":"Dr. Alice Tan","avatar_url":"https://cdn.example.com/u/42.png"},"attachments":[{"file_id":"f_9c1c4eaa","file_name":"lab-report-2025-10-01.pdf","mime_type":"application/pdf","size_bytes":183422,"sha256":"4c1f0c...e9b","storage":{"bucket":"clinic-prod","region":"ap-southeast-1"}}],"read_receipts":[{"user_role":"patient","user_id":501,"read_at":{"$date":"2025-10-04T06:31:20Z"}}],"tags":["follow-up","advice","mild-symptoms"],"denorm":{"patient":{"display_name":"John Smith"},"doctor":{"specialization":"General Medicine"}},"meta":{"created_at":{"$date":"2025-10-04T06:30:00Z"},"created_by":{"role":"doctor","id":42},"updated_at":{"$date":"2025-10-04T06:31:20Z"},"client":{"ua":"Mozilla/5.0","platform":"web"},"version":1}}`;

const read = (line: string) => {
  const answer = readLine(line);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.document;
};

describe('a document', () => {
  test('of the schema fills every column, its parts as they are', () => {
    expect(read(example)).toMatchObject({
      sourceId: '66ff1a7f8f1b2c3456789abc',
      threadId: 'apt-2025-10-04-000123',
      type: 'chat',
      text: 'Hi John, please drink more water and rest today.',
      richText: { markdown: 'Hi **John**, please drink more water and rest today.' },
      relationalRefs: { appointment_id: 123, patient_id: 501, doctor_id: 42, location_id: 3 },
      author: { role: 'doctor', id: 42, display_name: 'Dr. Alice Tan' },
      attachments: [{ file_id: 'f_9c1c4eaa', storage: { region: 'ap-southeast-1' } }],
      readReceipts: [{ read_at: { $date: '2025-10-04T06:31:20Z' } }],
      tags: ['follow-up', 'advice', 'mild-symptoms'],
      denorm: { patient: { display_name: 'John Smith' } },
      meta: { version: 1, client: { platform: 'web' } },
    });
    // Every field of the example, written from its columns alone, is the example again.
    expect(writeLine(read(example), null)).toBe(example);
  });

  test('comes out as it came in, byte for byte, whatever else it holds', () => {
    fc.assert(
      fc.property(documentLine, (line) => {
        expect(writeLine(read(line), line)).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  test('whose text was edited keeps the bytes of everything else', () => {
    fc.assert(
      fc.property(documentLine, fc.string(), (line, text) => {
        const before = read(line);
        const after = writeLine({ ...before, text }, line);
        const strict = (json: string) => EJSON.parse(json, { relaxed: false }) as Record<string, unknown>;
        const { text: _was, ...kept } = strict(line);
        const { text: is, ...others } = strict(after);
        expect(EJSON.stringify(others, { relaxed: false })).toBe(EJSON.stringify(kept, { relaxed: false }));
        expect(is ?? '').toBe(text === before.text ? (_was ?? '') : text);
      }),
      { numRuns: 200 },
    );
  });

  test('that was edited twice is the same document with the last text', () => {
    const once = writeLine({ ...read(example), text: 'One' }, example);
    expect(writeLine({ ...read(once), text: read(example).text }, once)).toBe(example);
  });

  test.each([
    ['{"_id":1,', 'not_json'],
    ['[]', 'not_json'],
    ['"text"', 'not_json'],
    ['{"_id":{"$oid":"zz"},"thread_id":"t"}', 'not_json'],
    ['{"thread_id":"t"}', 'no_id'],
    ['{"_id":1,"thread_id":""}', 'no_thread'],
    ['{"_id":1,"thread_id":7}', 'no_thread'],
    ['{"_id":1,"thread_id":"t","type":"voice"}', 'bad_field'],
    ['{"_id":1,"thread_id":"t","tags":"one"}', 'bad_field'],
    ['{"_id":1,"thread_id":"t","author":[]}', 'bad_field'],
    [`{"_id":1,"thread_id":"${'t'.repeat(501)}"}`, 'too_long'],
    [`{"_id":1,"thread_id":"t","deep":${'['.repeat(200)}${']'.repeat(200)}}`, 'too_deep'],
    ['['.repeat(1_000_000), 'too_deep'],
  ])('that does not fit is told: %.40s', (line, why) => {
    expect(readLine(line)).toMatchObject({ ok: false, problem: { why } });
  });
});

describe('the id of a message', () => {
  test('is the same at every desk that takes the document, and in the order of time', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(4e12), fc.nat(4e12), (source, one, two) => {
        expect(importedId(source, one)).toBe(importedId(source, one));
        expect(importedId(source, one)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(timeOfId(importedId(source, one))).toBe(one);
        if (one < two) expect(importedId(source, one) < importedId('x', two)).toBe(true);
        expect(importedId(source, one) >= firstIdAt(one)).toBe(true);
      }),
    );
  });

  test('gives a document an ObjectId that tells its second', () => {
    const id = importedId('x', Date.parse('2026-11-24T07:00:00.500Z'));
    expect(Number.parseInt(objectIdOf(id).slice(0, 8), 16)).toBe(Date.parse('2026-11-24T07:00:00Z') / 1000);
    expect(objectIdOf(id)).toMatch(/^[0-9a-f]{24}$/);
  });
});
