import { app } from './app.ts';
import { board } from './board.ts';
import { errorParts, errors } from './errors.ts';
import { alerts, status } from './status.ts';

/** English, the language that gives the keys. A feature adds its own module here and in `el/index.ts`. */
export const en = { app, board, errors, errorParts, status, alerts };
