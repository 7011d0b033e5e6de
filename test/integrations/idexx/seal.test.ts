import { expect, test } from 'vitest';
import { newSealingKey, seal, unseal } from '../../../src-main/core/integrations/idexx/seal.ts';

const anna = '0192f000-0001-7000-8000-000000000001';
const other = '0192f000-0001-7000-8000-000000000002';
const key = newSealingKey();
const text = 'κωδικός by the harbour';

test('what is sealed opens under its key, for its account and its field, and for nothing else', () => {
  const sealed = seal(text, key, anna, 'password');
  expect(unseal(sealed, key, anna, 'password')).toBe(text);
  expect(unseal(sealed, newSealingKey(), anna, 'password')).toBeNull();
  expect(unseal(sealed, key, other, 'password')).toBeNull();
  expect(unseal(sealed, key, anna, 'username')).toBeNull();
});

test('nothing opens that was changed or cut anywhere', () => {
  const sealed = seal(text, key, anna, 'password');
  const parts = sealed.split('.');
  for (const [index, part] of parts.entries()) {
    const changed = part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`;
    for (const instead of [changed, part.slice(0, -4), '']) {
      const tampered = parts.with(index, instead).join('.');
      expect([tampered, unseal(tampered, key, anna, 'password')]).toEqual([tampered, null]);
    }
  }
});

test('the same text is sealed otherwise each time', () => {
  const sealed = Array.from({ length: 100 }, () => seal(text, key, anna, 'password'));
  expect(new Set(sealed.map((one) => one.split('.')[1])).size).toBe(100);
  expect(new Set(sealed).size).toBe(100);
});
