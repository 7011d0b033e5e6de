import { setTimeout as pause } from 'node:timers/promises';
import { noLog } from '../../../src-main/core/log.ts';
import { openServedDesk } from '../../../src-main/shell/served-desk.ts';

// Serves a desk as a shell does and says when it is online. Given more words, it changes those of its secrets (key,
// password) over and over, and says each that is done.
const [data = '', desk = '', central = '', ...secrets] = process.argv.slice(2);
const options = { data, desk, insecureKeyFile: true, central: central === '' ? null : central };
const served = await openServedDesk(options, noLog);

const read = async <T>(name: string): Promise<T | undefined> => {
  const answer = await served.dispatch(name, {});
  return answer.ok ? (answer.value as T) : undefined;
};
while ((await read<{ phase: string }>('syncState'))?.phase !== 'online') await pause(5);
process.stdout.write('online\n');

const calls: Record<string, string> = { key: 'changeDeskKey', password: 'changeDeskPassword' };
type States = Record<string, { state: string }>;
for (let round = 0; secrets.length > 0; round += 1) {
  const secret = secrets[round % secrets.length] ?? '';
  await served.dispatch(calls[secret] ?? '', {});
  while ((await read<States>('deskSecrets'))?.[secret]?.state === 'running') await pause(1);
  process.stdout.write(`${secret}\n`);
}
setInterval(() => undefined, 1_000);
