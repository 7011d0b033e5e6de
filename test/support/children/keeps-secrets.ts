import { registerHooks } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

// Opens a desk that keeps its secrets in the keychain of this session, waits until it is online, changes key and
// password, and says how it went: `done` and whether it has the login of IDEXX Neo that was saved when it was first opened,
// or the words that a person would read.
const [keytar = '', data = '', central = ''] = process.argv.slice(2);
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'keytar'
      ? { url: pathToFileURL(keytar).href, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
});
const { openServedDesk } = await import('../../../src-main/shell/served-desk.ts');
const { noLog } = await import('../../../src-main/core/log.ts');

try {
  const options = { data, desk: 'Kept', insecureKeyFile: false, central: central === '' ? null : central };
  const desk = await openServedDesk(options, noLog);
  const read = async <T>(name: string): Promise<T | undefined> => {
    const answer = await desk.dispatch(name, {});
    return answer.ok ? (answer.value as T) : undefined;
  };
  while ((await read<{ phase: string }>('syncState'))?.phase !== 'online') await pause(10);
  if (central !== '') {
    // Nothing listens there: the login is kept untried.
    const settings = { baseUrl: 'http://127.0.0.1:9' };
    await desk.dispatch('updateIntegration', { source: 'idexx', settings });
    await desk.dispatch('saveIdexxCredentials', { username: 'the-vet', password: 'neo-by-the-harbour' });
  }
  await desk.dispatch('changeDeskKey', {});
  await desk.dispatch('changeDeskPassword', {});
  type Secrets = Record<'key' | 'password', { state: string }>;
  for (let states = await read<Secrets>('deskSecrets'); ; states = await read<Secrets>('deskSecrets')) {
    if (states && states.key.state !== 'running' && states.password.state !== 'running') {
      const logins = await read<{ credentials: { here: string }[] }>('idexxCredentials');
      const here = logins?.credentials.map((login) => login.here).join() ?? 'not asked';
      process.stdout.write(`done ${states.key.state} ${states.password.state} ${here}\n`);
      break;
    }
    await pause(10);
  }
  await desk.close();
} catch (fault) {
  process.stdout.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
}
process.exit(0);
