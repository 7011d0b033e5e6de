import fc from 'fast-check';

/** What `mongoexport` writes for the kinds of values that MongoDB knows, in both forms, as JSON text. */
const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => JSON.stringify(value));
const key = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    fc.constantFrom('1', '0', '__proto__', 'constructor', 'β', 'a.b', 'toString'),
  )
  .filter((name) => !name.startsWith('$') && !name.includes('\0'));
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).map((digits) => digits.padStart(length, '0'));
export const objectId = hex(24);
const date = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z') });

const scalar = fc.oneof(
  text,
  fc.constantFrom('true', 'false', 'null'),
  int32.map(String),
  int32.map((n) => `{"$numberInt":"${n}"}`),
  int64.map((n) => `{"$numberLong":"${n}"}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
  fc.constantFrom(
    '1.0',
    '-0.0',
    '{"$numberDouble":"1.0"}',
    '{"$numberDouble":"Infinity"}',
    '{"$numberDouble":"-0.0"}',
  ),
  fc.constantFrom('{"$numberDecimal":"12345.67890"}', '{"$minKey":1}', '{"$undefined":true}'),
  objectId.map((id) => `{"$oid":"${id}"}`),
  date.map((at) => `{"$date":"${at.toISOString()}"}`),
  date.map((at) => `{"$date":{"$numberLong":"${at.getTime()}"}}`),
  fc.constant('{"$binary":{"base64":"AQID","subType":"00"}}'),
);

const objectText = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;

const anything: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    extras(tie('value')).map(objectText),
  ),
})).value;

function extras(value: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> {
  return fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 4 });
}
const part = extras(anything).map(objectText);
const listOf = (item: fc.Arbitrary<string>) =>
  fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);
const spaced = fc.constantFrom('', ' ', '  ');

const known = [
  '_id',
  'thread_id',
  'type',
  'text',
  'rich_text',
  'relationalRefs',
  'author',
  'attachments',
  'read_receipts',
  'tags',
  'denorm',
  'meta',
];

/** A line of `mongoexport` of the collection `messages`: any order of keys, any further fields, any form of numbers. */
export const documentLine: fc.Arbitrary<string> = fc
  .record({
    id: fc.oneof(
      objectId.map((id) => `{"$oid":"${id}"}`),
      fc.uuid().map((id) => JSON.stringify(id)),
      int64.map((n) => `{"$numberLong":"${n}"}`),
    ),
    thread: fc.string({ minLength: 1, maxLength: 40 }).map((name) => JSON.stringify(`t${name}`)),
    type: fc.constantFrom('"chat"', '"system"', '"file"', '"note"'),
    text,
    parts: fc.record({ rich_text: part, relationalRefs: part, author: part, denorm: part }),
    lists: fc.record({ attachments: listOf(part), read_receipts: listOf(part), tags: listOf(text) }),
    meta: fc
      .tuple(date, extras(anything))
      .map(([at, more]) =>
        objectText([
          ['created_at', `{"$date":"${at.toISOString()}"}`],
          ...more.filter(([name]) => name !== 'created_at'),
        ]),
      ),
    left: fc.uniqueArray(fc.constantFrom('type', 'text', 'rich_text', 'tags', 'denorm', 'author', 'meta')),
    more: extras(anything),
    order: fc.infiniteStream(fc.nat()),
    space: spaced,
  })
  .map(({ id, thread, type, text: words, parts, lists, meta, left, more, order, space }) => {
    const members: [string, string][] = [
      ['_id', id],
      ['thread_id', thread],
      ['type', type],
      ['text', words],
      ...Object.entries(parts),
      ...Object.entries(lists),
      ['meta', meta],
      ...more.filter(([name]) => !known.includes(name)),
    ];
    const kept = members.filter(([name]) => !(left as string[]).includes(name));
    const shuffled = kept
      .map((member) => ({ member, place: order.next().value as number }))
      .sort((a, b) => a.place - b.place)
      .map(({ member }) => member);
    return objectText(shuffled).replace(/^\{/, `{${space}`);
  });
