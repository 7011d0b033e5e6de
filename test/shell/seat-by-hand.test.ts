import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atSeat } from '../../src-main/shell/seat-by-hand.ts';
import { type ClinicDesk, clinicDesk } from '../support/clinic.ts';
import { type Seated, seated } from '../support/seated.ts';
import { putStaff } from '../support/staff.ts';

let desk: ClinicDesk;
let house: Seated;
beforeEach(() => {
  desk = clinicDesk();
  house = seated(desk);
});
afterEach(async () => {
  await house.close();
  desk.dispose();
});

/** A desk as a command has it, and somebody who answers what they are asked. */
const command = (...answers: string[]) => {
  const { dispatch, seats } = house;
  const asked: { question: string; isSecret: boolean }[] = [];
  const calls = atSeat(
    {
      dispatch: (name, input, session) => dispatch(name, input, session ?? seats.withoutSeat()),
      openSeat: () => seats.open(),
    },
    async (question, { isSecret = false } = {}) => {
      asked.push({ question, isSecret });
      return answers.shift() ?? '';
    },
  );
  return { asked, calls };
};

describe('a command of the terminal', () => {
  it('works at once where nobody can sign in yet', async () => {
    const { asked, calls } = command();
    expect((await (await calls).dispatch('exportMessages', {})).ok).toBe(true);
    expect(asked).toEqual([]);
  });

  it('works as whoever gives their name, password and code, and asks the secret one unseen', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const admin = await putStaff(desk, { role: 'admin', name: 'Anna Vlachou', totp: secret });
    const code = new TOTP({ secret }).generate({ timestamp: Date.parse(desk.now()) });
    const { asked, calls } = command('anna vlachou', admin.password, code);
    expect((await (await calls).dispatch('exportMessages', {})).ok).toBe(true);
    expect(asked.map(({ isSecret }) => isSecret)).toEqual([false, true, false]);
  });

  it('may do no more than that person, and nothing after a wrong password', async () => {
    await putStaff(desk, { role: 'admin' });
    const maria = await putStaff(desk, { role: 'receptionist', name: 'Maria' });
    const calls = await command('Maria', maria.password).calls;
    expect(await calls.dispatch('exportTables', {})).toMatchObject({ error: { code: 'not_allowed' } });
    await expect(command('Maria', 'not the one').calls).rejects.toThrow('The password is wrong');
    await expect(command('Somebody', 'not the one').calls).rejects.toThrow('Nobody of the clinic');
  });
});
