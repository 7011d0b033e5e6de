import type { ErrorCode } from '../../../src-main/contract/errors.ts';

/** What a refused call tells the person: what happened, to whom, and what can be done. See app/messages.ts. */
export const errors = {
  invalid_input: 'Something typed does not fit: {{fields}}. Correct it and try again.',
  unknown_call: 'This screen and the desk are of different versions. Restart Anteroom.',
  wrong_version: 'This screen and the desk are of different versions. Restart Anteroom.',
  not_allowed: 'You do not have the right to do this ({{right}}). Ask someone who has it.',
  not_found: 'This is no longer here: another desk may have changed it. Look again.',
  not_ready: 'This desk is still being filled. It can start in a moment.',
  slot_taken: '{{doctor}} already has {{patient}} {{time}}.',
  slot_taken_room: '{{doctor}} already has {{patient}} {{time}} in {{room}}.',
  slot_held: '{{desk}} is booking {{doctor}} {{time}} at this moment.',
  slot_taken_unknown: 'That time is taken.',
  slot_blocked: 'That time is blocked or closed. Choose another one.',
  does_not_fit:
    'The visit does not fit before the next booking or the end of the session. Choose another time.',
  in_the_past: 'That time lies before today. Choose a later one.',
  too_early: 'That is too early: somebody counts as not attending from {{time}} on.',
  move_not_allowed: 'An appointment that is “{{from}}” cannot become “{{to}}”.',
  likely_duplicate: 'A patient much like this one exists. Open that record, or save anyway.',
  email_in_use: 'Another patient of the clinic has this e-mail address. Correct it, or leave it out.',
  merge_not_allowed: 'These records cannot be merged or taken apart. Look at both first.',
  erase_not_allowed: 'This person cannot be erased yet. Settle what is open first.',
  contact_unconfirmed: 'Phone or address is missing or older than a year. Ask, confirm, then check in.',
  not_today: 'This appointment is on another day ({{when}}). Move it to today, or add a walk-in.',
  nobody_waits: 'Nobody is waiting for this doctor.',
  not_confirmable: 'Only a booked appointment can be confirmed, and this one is “{{status}}”.',
  wrong_pin: 'That PIN is wrong.',
  pin_not_set: 'Set a PIN first: without one nobody could leave the kiosk.',
  hours_overlap: 'Two times of one day overlap. A doctor cannot be at two places at once: correct them.',
  still_in_use: 'This is still needed: appointments stand on it, or it is the last one. Move them first.',
  own_central: 'This desk has a clinic of its own already. Another one is added by whoever runs the database.',
  no_keychain:
    'This PC has no keychain to keep the clinic’s key in. Install one, or start Anteroom with --insecure-key-file.',
  already_resolved: 'Somebody has decided this already. Nothing is left to do.',
  not_resolvable: 'This cannot be settled that way. Choose another way.',
  nothing_to_undo: 'Nothing was done here in the last ten minutes that could be undone.',
  not_undoable: 'This cannot be undone any more: somebody has gone on from it. Put it right by hand.',
  folder_unusable: 'Nothing can be written to that folder. Choose another one, by its full path.',
  disk_full: 'Nothing was saved: the disk of this PC is full. Free some space and try again.',
  internal: 'Nothing was saved: the desk did not answer as it should. What you typed is kept; try again.',
} satisfies Record<ErrorCode, string> & Record<string, string>;

export const errorParts = {
  nextFree: 'Next free: {{times}}.',
};
