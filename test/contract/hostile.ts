import fc from 'fast-check';

/** Texts that have broken programs: signs without a look, half signs, other directions, other people's languages. */
const nasty: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00b',
  '\u202eevil\u202c',
  '\u200b\u200d\ufeff',
  '\ufffd\uffff',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  'ΐΰΆσς',
  'İı',
  '\r\n\t\v\f\u001b[2J',
  "'; drop table patients; --",
  '%_\\"\'`',
  '" OR ""="',
  'NEAR(a b) * AND NOT ^:',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '{{count, number}} $t(app.title)',
  '../../../etc/passwd',
  '..\\..\\x',
  '/dev/null',
  'C:\\con',
  '=cmd|calc!A0',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '0x10',
  '1e999',
  '-0',
  '9007199254740993',
  '2026-11-24T07:00:00.000Z',
  '2026-02-29',
  '9999-12-31T23:59:59.999Z',
  '-000001-01-01T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];

const long = 'Ω'.repeat(1_000_000);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...nasty) },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constant(long) },
);

export const hostileNumber: fc.Arbitrary<number> = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  -1,
  0.1,
  1e308,
  5e-324,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
);

const deep = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { deeper: value };
  return value;
};

/** Objects whose keys are a language's own, as JSON.parse makes them. */
const prototypeKeys = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"rights":["staff.manage"]}}'),
  JSON.parse('{"constructor":{"prototype":{"x":1}}}'),
  JSON.parse('{"toString":1,"valueOf":2,"hasOwnProperty":3,"length":-1}'),
);

/** Anything at all that an envelope could carry, and what only a window's line could. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  prototypeKeys,
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    [],
    {},
    [[]],
    [null],
    new Date(0),
    10n,
    /x/,
    new Map(),
    deep(5_000),
  ),
  fc.anything({ maxDepth: 3, withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
);
