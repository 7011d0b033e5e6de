import { loneDesk } from '../support/desk.ts';
import { liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { seated } from '../support/seated.ts';
import { addStaff } from '../support/staff.ts';
import { onOwner } from './clinic.ts';

/** What one desk is, with a window of it. */
const open = async (url: string) => {
  const lone = loneDesk(new Date().toISOString());
  const desk = liveDesk(url, {}, lone);
  lone.askCentral = (session, name, args) => desk.engine.ask(session, name, args);
  await desk.quiet();
  const house = seated(lone, desk.engine);
  return {
    desk,
    window: house.open(),
    close: async () => {
      house.seats.stop();
      await desk.dispose();
    },
  };
};

/**
 * Somebody signs in at one desk, works, has another password made by central, and comes in with it at the other; says
 * what central kept of it.
 */
export const peopleAtWork = async (
  ownerUrl: string,
  [first = '', second = '']: readonly string[],
): Promise<string> => {
  const [clinic] = await onOwner<{ id: string }>(ownerUrl, 'select id from clinics');
  const of = (role: 'admin' | 'receptionist') => addStaff(ownerUrl, clinic?.id ?? '', { role });
  await of('admin');
  const maria = await of('receptionist');
  const [here, there] = [await open(first), await open(second)];
  const settled = async () => {
    for (const { desk } of [here, there]) await desk.quiet();
    for (const { desk } of [here, there]) await desk.caughtUp();
  };
  try {
    await here.window.come(maria);
    const patient = { firstName: 'Eleni', lastName: 'Nikolaou', phone: '6970000001' };
    must(await here.window.ask('registerPatient', patient));
    const next = 'seven grey herons';
    must(await here.window.ask('changePassword', { password: maria.password, next }));
    await settled();
    await there.window.come({ id: maria.id, password: next });
    must(await there.window.ask('registerPatient', { ...patient, firstName: 'Anna', phone: '6970000002' }));
    await settled();
  } finally {
    await here.close();
    await there.close();
  }
  const kept = await onOwner<{ kind: string; outcome: string }>(
    ownerUrl,
    `select kind, outcome from changes where actor is not null order by arrived_at`,
  );
  return kept.map(({ kind, outcome }) => `${kind} ${outcome}`).join(', ');
};
