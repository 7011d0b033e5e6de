/**
 * The closed list of what a call may answer instead of a value. Each line: when it is given; what the
 * person can do. The screen turns the code and its details into a sentence (i18n `errors.*`).
 */
export const errorCodes = {
  invalid_input: 'The input does not fit the call; details name the fields. Correct them.',
  unknown_call: 'There is no call of that name in this version. Update the screen or the desk.',
  wrong_version: 'Screen and core speak different protocol versions. Restart Anteroom.',
  not_allowed: 'The person at the desk lacks the right; details name it. Ask someone who has it.',
  not_found: 'What the call names is not in the replica; details say what. Look again.',
  not_ready: 'The replica has not had its first sync. Wait for it, or check the connection.',
  slot_taken: 'A live appointment is in the way; details name it and the next free times. Choose one.',
  slot_blocked: 'The slot is blocked or the time is closed. Choose another time.',
  slot_kept:
    'The time is kept for another desk, which cannot be asked for it now; details name it. Choose another time, or connect.',
  does_not_fit:
    'The visit does not fit before the next booking or the end of the session. Choose another time.',
  in_the_past: 'The slot began before today. Choose a later one.',
  too_early: 'The grace time of the appointment is not over; details say when it is. Wait until then.',
  already_waiting: 'The patient waits already to have this appointment earlier. Change that entry.',
  move_not_allowed: 'The status cannot move that way; details name both. Use a step that is allowed.',
  likely_duplicate: 'A patient much like this one exists; details list them. Open that one, or save anyway.',
  email_in_use: 'Another patient of the clinic has this e-mail address. Correct it, or leave it out.',
  merge_not_allowed: 'These records cannot be merged, or taken apart; details say why. Look at both first.',
  erase_not_allowed: 'The person cannot be erased yet; details say why. Settle that first.',
  contact_unconfirmed: 'Phone or address is missing or older than a year. Ask and confirm, then check in.',
  not_today: 'The appointment is on another day; details say when. Move it to today, or book a walk-in.',
  nobody_waits: 'Nobody waits for this doctor. Check somebody in first.',
  not_confirmable: 'Only a booked appointment is confirmed; details name its status. Look again.',
  being_called:
    'Another desk is making this call; details say until when it is theirs. Take the next one on the list.',
  call_settled: 'The call was made already, or taken off the list; details say which. Nothing is left to do.',
  wrong_password: 'The password is wrong; details say how long the next try has to wait. Try again then.',
  code_needed: 'The account has a second factor. Type the code of the authenticator app.',
  wrong_code: 'The code is wrong or too old. Type the one that the app shows now.',
  account_locked:
    'Too many wrong passwords; details say until when the account is locked. Wait, or ask an admin.',
  password_needed: 'The PIN is not enough here. Sign in with the password once.',
  not_signed_in: 'Nobody is signed in at this seat. Sign in first.',
  weak_password: 'The password is too easily guessed; details say why. Choose another one.',
  weak_pin: 'The PIN is too easily guessed. Choose another one.',
  nothing_to_confirm: 'There is no second factor to confirm or renew. Begin anew.',
  second_factor_required: 'The clinic requires a second factor of this role. Keep it.',
  code_not_valid:
    'The code is unknown, was used already, or ran out; details say which. Look again, or ask an admin for a new one.',
  account_in_use:
    'Another account has this e-mail address or user name; details say which. Choose another one.',
  doctor_linked: 'Another account is of this doctor already. Take it away there first.',
  last_administrator: 'Nobody else could manage the clinic then. Make somebody else an administrator first.',
  mail_not_set: 'No mail server is set up at this desk. Set one up first.',
  tls_required: 'A mail server on another computer needs TLS. Choose it, or a server on this one.',
  needs_central: 'This needs the connection to central. Try again when the desk is online.',
  wrong_pin: 'The PIN is wrong, or the next try has to wait; details say how long. Try again then.',
  pin_not_set: 'No PIN is set that would lead out of the kiosk. Set one in the settings first.',
  hours_overlap: 'Two stretches of one weekday overlap; details name the day. Correct the times.',
  still_in_use: 'Something still stands on it; details say what. Move that first.',
  name_in_use: 'Another one has this name already; details name it. Choose another name.',
  own_central: 'This desk does not show the sample clinic of this PC, so no clinic is begun from here.',
  no_keychain:
    'This PC has no keychain for the key of real data; details say what to install. Then try again.',
  more_than_due: 'The payment is more than what is due; details say how much is. Correct it, or the fee.',
  ref_in_use: 'A payment with this reference of the terminal is there already. Look at it first.',
  not_refundable: 'This is no payment that was paid, so nothing of it can be given back. Look again.',
  more_than_left: 'The refund is more than what is left of the payment; details say how much is. Correct it.',
  not_voidable: 'Its day is over or a part of it was given back; details say what is left. Refund it.',
  day_closed: 'The day is cashed up; nothing goes into it any more. Look at its cash-up.',
  day_to_come: 'The day has not begun. Cash it up when it has.',
  takings_changed: 'Payments came in or were given back meanwhile. Look at the new amounts and count again.',
  note_needed: 'What was counted is not what is expected. Write down why.',
  prescription_final: 'The prescription is issued or replaced and stays as it is. Replace it by a new one.',
  prescription_changed: 'Another desk wrote the draft over; details have its text. Take that, or save again.',
  prescription_empty: 'The prescription says nothing. Write it first.',
  not_replaceable: 'Only an issued prescription that was not replaced can be replaced. Look again.',
  file_missing:
    'The bytes of the file are not on this PC; details name it. Choose the file again, or fetch it.',
  file_damaged: 'What lies on this PC is not the file that was stored. Open it at another desk.',
  file_refused: 'The file is not taken; details say why (size, kind). Choose another one.',
  not_yours: 'Somebody else wrote this message. Only its author may change it.',
  message_changed:
    'The message was changed in the meantime; details have its version. Read it and edit again.',
  owned_outside:
    'The appointment is of an outside system, which details name; it is changed there. Change it there.',
  already_resolved: 'Somebody has decided this conflict already. Nothing is left to do.',
  not_resolvable: 'This conflict cannot be resolved that way; details say why. Choose another way.',
  nothing_to_undo: 'This person did nothing here in the last ten minutes. Nothing is left to do.',
  not_undoable: 'The last action cannot be taken back; details say why. Put it right by hand.',
  folder_unusable: 'The folder cannot be made or written; details name it. Choose another one.',
  desk_disabled:
    'An administrator switched this desk off; it shows nothing and saves nothing. Ask an administrator.',
  own_desk: 'A desk does not switch itself off. Do it at another desk, or with `central disable-desk`.',
  no_database_here: 'The database does not run on this computer. Whoever runs it backs it up.',
  backup_under_way: 'A backup is being made already. Wait until it is done.',
  file_unreadable:
    'This is no file of unsent changes, it is damaged, or there is none; details name it. Choose another.',
  wrong_passphrase: 'The passphrase does not open the file. Type it again.',
  another_clinic: 'The file is of another clinic. Choose one of this clinic.',
  login_refused: 'The outside system refused the user name or the password. Correct them.',
  two_factor_account:
    'The account asks for a second factor, which no program can give. Use an account without one.',
  secret_too_long:
    'User name, password and company are too long together for the keychain of this PC. Shorten them.',
  no_credentials: 'This desk does not have that login. Save it here first.',
  cannot_run_here:
    'The integration is switched off, or this desk lacks what a run takes; details say which. Set it up here, or run it elsewhere.',
  runs_elsewhere: 'Another desk runs it now; details say which. Wait until it is done.',
  key_refused: 'Cal.com does not take the key. Copy it again there, or make a new one.',
  outside_failed:
    'The outside system was not reached or answered otherwise than it should; details say how. Try again later.',
  import_unreadable:
    'The source cannot be read; details say why, and which table or column. Correct it, or choose another one.',
  import_under_way: 'Another import is under way at this desk; details name it. Pause it, or wait.',
  disk_full: 'The desk could not save because its disk is full. Free some space and try again.',
  disk_read_only:
    'The desk could not save because its disk lets nothing be written. Have whoever looks after this PC see to it.',
  disk_failing:
    'The desk could not save because its disk answers with faults. Have whoever looks after this PC see to it.',
  replica_damaged:
    'A damaged part of this desk’s copy is in the way. It is fetched anew when the desk is online; try again then.',
  internal: 'A fault in Anteroom; it was logged. What was typed is kept; try again.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Why a call gave no value. `message` is English, for logs and developers; screens use the code. */
export interface CallError {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown>;
}

/** What every call answers. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: CallError };

/** A value, as a result. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal, as a result; the message is the code's own line. */
export const refuse = (code: ErrorCode, details: Record<string, unknown> = {}): Result<never> => ({
  ok: false,
  error: { code, message: errorCodes[code], details },
});
