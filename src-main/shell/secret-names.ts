import { NEXT_PASSWORD } from '../core/desks/desk-login.ts';

/** What the secrets call this desk's URL of central: as somebody gave it, or of the embedded one on this PC. */
export const CENTRAL_URL = 'central-url';
export const DESK_URL = 'sample-desk-url';
export const OWN_URL = 'embedded-desk-url';

/** All that leads in at central. */
export const logins: readonly string[] = [CENTRAL_URL, DESK_URL, OWN_URL, NEXT_PASSWORD];
