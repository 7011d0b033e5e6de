import { z } from 'zod';
import { call } from '../call.ts';
import { Diagnostics, ScreenFault } from '../diagnostics.ts';
import { Instant } from '../values.ts';

const Nothing = z.object({});

/** How this desk runs, for whoever helps; nothing of a patient is in it, and nothing is sent anywhere. */
export const diagnosticsCalls = {
  diagnostics: call({
    summary: 'How this desk runs: its sync, its queue, its sizes, its versions, and what failed lately.',
    input: Nothing,
    output: Diagnostics,
    right: 'desk',
    errors: [],
  }),
  diagnosticsFile: call({
    summary:
      'The same as the text of a JSON file, with the crash reports and the last lines of the log; the reports then count as seen.',
    input: Nothing,
    output: z.object({ fileName: z.string(), text: z.string() }),
    right: 'desk',
    errors: [],
  }),
  newCrash: call({
    summary: 'When something last ended by a fault whose report nobody has seen to; null where nothing has.',
    input: Nothing,
    output: z.object({ at: Instant.nullable() }),
    right: 'desk',
    errors: [],
  }),
  settleCrashes: call({
    summary: 'Somebody has seen to the crash reports, which are kept and no longer told of.',
    input: Nothing,
    output: Nothing,
    right: 'desk',
    errors: [],
  }),
  noteScreenFault: call({
    summary: 'Keeps a crash report of a fault in a page, without its message.',
    input: ScreenFault,
    output: Nothing,
    right: 'desk',
    errors: [],
  }),
};
