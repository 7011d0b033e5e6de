import { describe, expect, it } from 'vitest';
import { isPin, sealPin } from '../../src-main/core/security/pin.ts';
import {
  costOf,
  makeBox,
  newContents,
  openAgain,
  openBox,
  STANDARD_COST,
  sealed,
} from '../../src-main/core/security/sealed.ts';
import { CHEAP } from '../support/staff.ts';

const maria = '0192f000-0002-7000-8000-000000000001';
const nikos = '0192f000-0002-7000-8000-000000000002';
const password = 'a harbour at dawn';

const mariasBox = async (contents = newContents()) => ({
  contents,
  text: sealed(await makeBox(maria, password, contents, CHEAP)),
});

describe('the box of somebody’s keys', () => {
  it('opens by the password and gives what was put in', async () => {
    const { contents, text } = await mariasBox();
    expect((await openBox(text, maria, password))?.contents).toEqual(contents);
    expect(await openBox(text, maria, 'a harbour at dusk')).toBeNull();
  });

  it('opens for the same password however the keyboard composes its accents', async () => {
    const text = sealed(await makeBox(maria, 'το λιμάνι'.normalize('NFD'), newContents(), CHEAP));
    expect(await openBox(text, maria, 'το λιμάνι'.normalize('NFC'))).not.toBeNull();
  });

  it('tells nothing of its contents by its text', async () => {
    const { contents, text } = await mariasBox({ ...newContents(), totp: { secret: 'JBSWY3DPEHPK3PXP' } });
    expect(text).not.toContain(contents.signingKey);
    expect(text).not.toContain('JBSWY3DPEHPK3PXP');
  });

  it('does not open as somebody else’s, so that nobody’s box can be put in another’s place', async () => {
    const { text } = await mariasBox();
    expect(await openBox(text, nikos, password)).toBeNull();
  });

  it('does not open when any part of it was changed', async () => {
    const { text } = await mariasBox();
    const box = JSON.parse(text) as Record<string, string | number>;
    for (const part of ['salt', 'iv', 'tag', 'data']) {
      const bytes = Buffer.from(String(box[part]), 'hex');
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
      const changed = JSON.stringify({ ...box, [part]: bytes.toString('hex') });
      expect([part, await openBox(changed, maria, password)]).toEqual([part, null]);
    }
  });

  it('is refused unread when it asks for more memory or time than any of ours', async () => {
    const { text } = await mariasBox();
    const box = JSON.parse(text) as object;
    for (const cost of [{ memory: 8_000_000 }, { passes: 1000 }, { lanes: 200 }])
      expect(await openBox(JSON.stringify({ ...box, ...cost }), maria, password)).toBeNull();
    expect(await openBox('not a box', maria, password)).toBeNull();
  });

  it('costs a thief 64 MiB and three passes for each try', async () => {
    const box = await makeBox(maria, password, newContents());
    expect(JSON.parse(sealed(box))).toMatchObject({ memory: 65_536, passes: 3 });
    expect(costOf(null)).toEqual(STANDARD_COST);
  });

  it('once opened is closed and opened again without the password, until that is another one', async () => {
    const { text } = await mariasBox();
    const open = await openBox(text, maria, password);
    if (!open) throw new Error('the box does not open');
    const changed = { ...open, contents: { ...open.contents, totp: { secret: 'JBSWY3DPEHPK3PXP' } } };
    expect(openAgain(sealed(changed), open)?.contents.totp).toEqual({ secret: 'JBSWY3DPEHPK3PXP' });
    expect((await openBox(sealed(changed), maria, password))?.contents).toEqual(changed.contents);
    const other = sealed(await makeBox(maria, 'another password', open.contents, CHEAP));
    expect(openAgain(other, open)).toBeNull();
  });
});

describe('a PIN in the box', () => {
  it('fits itself only, and a box without one fits none', async () => {
    const open = await makeBox(maria, password, newContents(), CHEAP);
    expect(await isPin('4821', open)).toBe(false);
    const set = { ...open, contents: { ...open.contents, pin: await sealPin('4821', open) } };
    expect(await isPin('4821', set)).toBe(true);
    expect(await isPin('4822', set)).toBe(false);
  });
});
