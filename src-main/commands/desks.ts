import { parseArgs } from 'node:util';
import { disableDesk, enableDesk, listDesks, renewDesk } from '../core/central/desk-admin.ts';
import { need, ownerUrl, settle, text } from './owner.ts';

export const desksUsage = `  desks --url URL                    list the desks
  disable-desk --url URL --desk ID [--wipe]    stop a desk, and have it destroy what it holds
  enable-desk --url URL --desk ID    let it work again
  renew-desk --url URL --desk ID     prints a new URL of the desk; the one before leads in no more
`;

/** `npm run central -- desks`. */
export const desks = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { url: text } });
  for (const desk of settle(await listDesks(ownerUrl(values.url)))) {
    const seen = desk.lastContactAt?.toISOString() ?? 'never';
    const unsent = desk.waiting ? `  ${desk.waiting} ${desk.standing === 'wiped' ? 'lost' : 'not sent'}` : '';
    process.stdout.write(
      `${desk.id}  ${desk.clinic}  ${desk.name}  ${desk.standing}  last contact ${seen}${unsent}\n`,
    );
  }
};

const deskOptions = { url: text, desk: text } as const;

/** `npm run central -- disable-desk`. */
export const stopDesk = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { ...deskOptions, wipe: { type: 'boolean' } } });
  const wipe = values.wipe ?? false;
  settle(await disableDesk(ownerUrl(values.url), need(values.desk, 'desk'), { wipe }));
};

/** `npm run central -- enable-desk`. */
export const restartDesk = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: deskOptions });
  settle(await enableDesk(ownerUrl(values.url), need(values.desk, 'desk')));
};

/** `npm run central -- renew-desk`. */
export const newDeskUrl = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: deskOptions });
  process.stdout.write(`${settle(await renewDesk(ownerUrl(values.url), need(values.desk, 'desk')))}\n`);
};
