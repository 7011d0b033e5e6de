/**
 * The functions of central that a desk calls for a person, beside `push` and the sync's own. Each takes one JSON object
 * and answers `{"ok": value}` or `{"error": code, "details": {…}}` with a code of `errors.ts`; which of them need which
 * right is checked in Postgres, from the session that `sign_in` opened.
 */
export const centralFunctions = [
  'first_administrator',
  'issue_code',
  'read_code',
  'redeem_code',
  'change_password',
  'set_staff',
  'deactivate_staff',
  'reactivate_staff',
  'unlock_staff',
  'list_desks',
  'disable_desk',
  'enable_desk',
  'rename_desk',
  'free_leases',
  'read_audit',
  'backup_state',
  'take_lease',
  'keep_lease',
  'give_lease',
  'integration_states',
  'idexx_store_credentials',
  'idexx_credential_states',
  'idexx_revoke_credentials',
  'idexx_held',
  'idexx_note_validation',
  'idexx_note_access',
  'idexx_runs',
  'idexx_begin_run',
  'idexx_end_run',
  'import_accounts',
  'import_idexx_history',
] as const satisfies readonly string[];
export type CentralFunction = (typeof centralFunctions)[number];
