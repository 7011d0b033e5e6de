import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSample } from '../../src-main/core/sample/load.ts';
import { ensureScreens } from '../../src-main/shell/screens.ts';
import { startTemplate, templateName } from '../support/central-server.ts';

/** The seed of the sample clinic that every browser test begins with; its today is today. */
const SEED = 7;

/** Builds the screens and starts one Postgres, whose template holds the sample clinic; each test gets a copy. */
export default async (): Promise<() => Promise<void>> => {
  await ensureScreens();
  process.env['ANTEROOM_KEEP_SCREENS'] = '1';
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-e2e-'));
  // Postgres does not run as root; its own user has to reach its folder.
  chmodSync(folder, 0o711);
  const embedded = await startTemplate(folder);
  const template = new URL(embedded.url);
  template.pathname = `/${templateName}`;
  const { clinicId } = await loadSample(template.href, { seed: SEED });
  process.env['ANTEROOM_E2E_SERVER'] = embedded.url;
  process.env['ANTEROOM_E2E_CLINIC'] = clinicId;
  return async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
};
