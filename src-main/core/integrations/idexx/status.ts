import type { Status } from '../../../contract/status.ts';

/** The status of a visit as Neo tells it, in our words. */
export type NeoStatus = 'scheduled' | 'arrived' | 'in_room' | 'completed' | 'cancelled' | 'no_show';

/** The status of a case (integrations.md). */
export type CaseStatus = 'draft' | 'ongoing' | 'completed' | 'reviewed';

/** Neo's labels as they were seen (integrations.md) and as its menus spell them, folded to lower-case letters. */
const LABELS: Readonly<Record<string, NeoStatus>> = {
  notarrived: 'scheduled',
  scheduled: 'scheduled',
  booked: 'scheduled',
  confirmed: 'scheduled',
  arrived: 'arrived',
  checkedin: 'arrived',
  waiting: 'arrived',
  inprogress: 'in_room',
  inconsult: 'in_room',
  inconsultation: 'in_room',
  readytopay: 'completed',
  finalized: 'completed',
  finalised: 'completed',
  completed: 'completed',
  discharged: 'completed',
  noshow: 'no_show',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** What a label of Neo is here; null for one that nobody has told us of: it is never guessed. */
export const statusOfLabel = (label: string): NeoStatus | null =>
  LABELS[label.toLowerCase().replace(/[^a-z]/g, '')] ?? null;

const CASE_STATUS: Readonly<Record<NeoStatus, CaseStatus>> = {
  scheduled: 'draft',
  arrived: 'ongoing',
  in_room: 'ongoing',
  completed: 'completed',
  cancelled: 'reviewed',
  no_show: 'reviewed',
};

/** Neo's status as the case has it. */
export const caseStatusOf = (status: NeoStatus): CaseStatus => CASE_STATUS[status];

/** Our finer steps in the words that both sides have. */
const IN_COMMON: Readonly<Record<Status, NeoStatus>> = {
  held: 'scheduled',
  pending: 'scheduled',
  scheduled: 'scheduled',
  arrived: 'arrived',
  ready: 'arrived',
  in_room: 'in_room',
  completed: 'completed',
  cancelled: 'cancelled',
  left: 'cancelled',
  no_show: 'no_show',
};

/** The steps of a visit, in their order. */
const STEPS: readonly NeoStatus[] = ['scheduled', 'arrived', 'in_room', 'completed'];

/** Whose word on a visit's status counts: both say the same, ours stays, Neo's comes, or a person has to say. */
export type Merged = 'alike' | 'ours' | 'theirs' | 'clash';

/**
 * Brings together what the desk says of a visit, what Neo says, and what both last had alike. Where only one side has
 * changed, its word counts: a check-in at the desk stays while Neo goes on saying not arrived. Where both have, and both
 * forward, the later step counts, since somebody has seen the animal there. Anything else, such as an animal that waits
 * here and never came there, is for a person to say.
 */
export const mergeStatus = (ours: Status, theirs: NeoStatus, agreed: NeoStatus | null): Merged => {
  const here = IN_COMMON[ours];
  if (here === theirs) return 'alike';
  if (theirs === agreed) return 'ours';
  if (here === agreed) return 'theirs';
  const [stepHere, stepThere] = [STEPS.indexOf(here), STEPS.indexOf(theirs)];
  if (stepHere < 0 || stepThere < 0) return 'clash';
  return stepThere > stepHere ? 'theirs' : 'ours';
};

/** Whether a status takes up its time. */
export const takesTime = (status: Status): boolean =>
  status !== 'cancelled' && status !== 'no_show' && status !== 'left';
