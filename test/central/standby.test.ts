import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectForCopy } from '../../src-main/core/central/standby.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { type BadLine, startProxy } from '../support/proxy.ts';

// `node src-main/run.mjs scale standby` tries it with a real standby; here a second way to central stands in for one.
describe('a first sync of a desk whose URL names a standby', () => {
  let central: TestCentral;
  let line: BadLine;
  let deskUrl: string;
  beforeAll(async () => {
    central = await freshCentral();
    const { desks } = await clinicWithDesks(central.ownerUrl, ['Desk 1']);
    deskUrl = desks[0]?.url ?? '';
    line = await startProxy(deskUrl);
  });
  afterAll(async () => {
    await line.close();
    await central.drop();
  });

  const naming = (host: string): string => {
    const url = new URL(deskUrl);
    url.searchParams.set('standby', host);
    return url.href;
  };
  const portUsed = async (url: string): Promise<string> => {
    const connected = await connectForCopy(url, { application: 'test' });
    if (!connected.ok) throw new Error(connected.error.message);
    const { port } = connected.value.client;
    await connected.value.close();
    return String(port);
  };

  test('reads there, once it holds what central holds', async () => {
    const { host, port } = new URL(line.through(deskUrl));
    expect(await portUsed(naming(host))).toBe(port);
    expect(await portUsed(deskUrl)).toBe(new URL(deskUrl).port);
  });

  test('reads at central where the standby does not answer', async () => {
    const gone = await startProxy(deskUrl);
    const { host } = new URL(gone.through(deskUrl));
    await gone.close();
    expect(await portUsed(naming(host))).toBe(new URL(deskUrl).port);
  });

  test('reads at central where the standby dies before it has answered', async () => {
    line.dropAnswerTo('head()');
    const { host } = new URL(line.through(deskUrl));
    expect(await portUsed(naming(host))).toBe(new URL(deskUrl).port);
  });
});
