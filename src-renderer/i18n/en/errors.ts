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
  contact_unconfirmed: 'Phone or address is missing or older than a year. Ask, confirm, then check in.',
  already_resolved: 'Somebody has decided this already. Nothing is left to do.',
  not_resolvable: 'This cannot be settled that way. Choose another way.',
  nothing_to_undo: 'Nothing was done here in the last ten minutes that could be undone.',
  not_undoable: 'This cannot be undone any more: somebody has gone on from it. Put it right by hand.',
  disk_full: 'Nothing was saved: the disk of this PC is full. Free some space and try again.',
  internal: 'Nothing was saved: the desk did not answer as it should. What you typed is kept; try again.',
} satisfies Record<ErrorCode, string> & Record<string, string>;

export const errorParts = {
  nextFree: 'Next free: {{times}}.',
};
