import { fold } from '../fold.ts';

/** Where a consultation may tell of a death. `given` names what was done and given, without what was declined. */
export interface Told {
  reason: string | null;
  clinicalNotes: string | null;
  dischargeSummary: string | null;
  given: readonly string[];
}

/** As `fold` writes them: ευθανασία, απεβίωσε, πέθανε, νεκρό. */
const happened =
  'euthani[sz]ed|euthanasia (was )?(performed|given|done|carried out)|egine evthanasia|evthanato\\w*|died|deceased' +
  '|passed away|found dead|dead on arrival|was put to sleep|apeviose|pethane|nekro';
const named = `euthan\\w*|evthanas\\w*|put to sleep|cremat\\w*|apotefros\\w*|death|thanatos|${happened}`;

const inNotes = new RegExp(`\\b(${happened})\\b`);
const inSummary = new RegExp(`\\b(${named})\\b`);
/** "Put to sleep" and "dead on arrival", as a diary shortens them. */
const inNames = new RegExp(`^(pts|doa)\\b|\\b(${named})\\b`);

/**
 * Whether a consultation was a euthanasia, or tells of a death. Its reason, what was done, and the summary that the owner
 * took home tell by naming it; the notes only by saying that it happened, since they also say what was thought of. It
 * rather takes one for a death too many: a call that is not made costs less than one to somebody who mourns.
 */
export const tellsOfDeath = ({ reason, clinicalNotes, dischargeSummary, given }: Told): boolean =>
  [reason, ...given].some((text) => inNames.test(fold(text ?? ''))) ||
  inSummary.test(fold(dischargeSummary ?? '')) ||
  inNotes.test(fold(clinicalNotes ?? ''));
