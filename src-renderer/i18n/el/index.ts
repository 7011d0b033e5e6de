import type { en } from '../en/index.ts';
import type { SameKeys } from '../same-keys.ts';
import { app } from './app.ts';
import { board } from './board.ts';
import { errorParts, errors } from './errors.ts';
import { alerts, status } from './status.ts';

export const el: SameKeys<typeof en> = { app, board, errors, errorParts, status, alerts };
