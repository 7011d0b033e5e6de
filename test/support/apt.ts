import { spawnSync } from 'node:child_process';

/** Installs packages of the system by apt where this user may; whether it worked is seen by what is there afterwards. */
export const aptInstall = (packages: readonly string[]): void => {
  const isRoot = process.getuid?.() === 0;
  const [command, ...before] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const step of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    process.stdout.write(`Something that the tests need is missing: apt-get ${step.join(' ')}\n`);
    if (command) spawnSync(command, [...before, ...step], { stdio: 'ignore', env });
  }
};
