import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeHash, newCode, readCode, shownCode } from '../../src-main/core/staff-code.ts';

test('a code is twenty letters that nobody takes for others, and never the same', () => {
  const codes = Array.from({ length: 500 }, newCode);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
  expect(new Set(codes).size).toBe(500);
  expect(new Set(codes.join('')).size).toBe(32);
});

test('however a code is typed, it is read as it was printed', () => {
  const mistyped: Record<string, string[]> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] };
  const noise = fc.constantFrom('', ' ', '-', '–', ' - ', '.');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), { minLength: 20, maxLength: 20 }),
      fc.array(fc.tuple(noise, fc.nat(), fc.boolean()), { minLength: 20, maxLength: 20 }),
      (letters, ways) => {
        const typed = letters.map((letter, at) => {
          const [between, pick, low] = ways[at] ?? ['', 0, false];
          const forms = mistyped[letter] ?? [low ? letter.toLowerCase() : letter];
          return `${forms[pick % forms.length]}${between}`;
        });
        expect(readCode(typed.join(''))).toBe(letters.join(''));
      },
    ),
  );
  const code = newCode();
  expect(readCode(shownCode(code))).toBe(code);
  expect(shownCode(code)).toMatch(/^.{5}-.{5}-.{5}-.{5}$/);
});

test('what is no code is not read as one', () => {
  for (const typed of ['', '7K2QM', `${newCode()}0`, newCode().slice(1), 'U'.repeat(20), 'Ω'.repeat(20)])
    expect(readCode(typed)).toBeNull();
});

test('what central keeps of a code does not say the code', () => {
  const code = newCode();
  expect(codeHash(code)).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash(code)).not.toContain(code.toLowerCase());
});
