/**
 * The functions of central that a desk calls for a person, beside `push` and the sync's own. Each takes one JSON object
 * and answers `{"ok": value}` or `{"error": code, "details": {…}}` with a code of `errors.ts`; which of them need which
 * right is checked in Postgres, from the session that `sign_in` opened.
 */
export const centralFunctions = [] as const satisfies readonly string[];
export type CentralFunction = (typeof centralFunctions)[number];
