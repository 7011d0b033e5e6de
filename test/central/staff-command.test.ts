import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src-main/central.ts';
import { codeHash, readCode } from '../../src-main/core/staff-code.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { addStaff, type Staff } from '../support/staff.ts';

let central: TestCentral;
let clinicId: string;
let admin: Staff;

beforeAll(async () => {
  central = await freshCentral();
  ({ clinicId } = await clinicWithDesks(central.ownerUrl));
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin', name: 'Anna Nikolaou' });
  await addStaff(central.ownerUrl, clinicId, { role: 'receptionist', name: 'Maria' });
});
afterAll(() => central.drop());

/** What the command says on its two streams. */
const command = async (...args: string[]) => {
  const said = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    said.out += String(part);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    said.err += String(part);
    return true;
  });
  try {
    await main([...args, '--url', central.ownerUrl, '--clinic', clinicId]);
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return said;
};

test('the owner lists who signs in, and no desk’s own account', async () => {
  const { out } = await command('staff');
  expect(out.trim().split('\n')).toEqual([
    `Anna Nikolaou  ${admin.email}  admin  active  last signed in never`,
    expect.stringMatching(/^Maria .* receptionist {2}active/),
  ]);
});

test('the owner lets the only administrator choose a new password, by a code that is kept as its hash', async () => {
  const { out, err } = await command('reset-admin', '--email', admin.email.toUpperCase());
  expect(err).toContain('Anna Nikolaou');
  const kept = await withClient(central.ownerUrl, (client) =>
    client.query(`select encode(token, 'hex') as token, context from users_tokens where used_at is null`),
  );
  expect(kept.rows).toEqual([{ token: codeHash(readCode(out) ?? ''), context: 'reset_password' }]);
  const audited = await withClient(central.ownerUrl, (client) =>
    client.query(`select row_id, desk_id from audit_log where action = 'resetAdministrator'`),
  );
  expect(audited.rows).toEqual([{ row_id: admin.id, desk_id: null }]);
});

test('nobody but an administrator is given such a code', async () => {
  const maria = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
  await expect(command('reset-admin', '--email', maria.email)).rejects.toThrow('no administrator');
});
