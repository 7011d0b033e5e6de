import { z } from 'zod';
import { call } from '../call.ts';

/** Taking back what this person did last. */
export const undoCalls = {
  undo: call({
    summary:
      'Takes back what this person did last at this desk, within ten minutes and where nothing stands on it.',
    input: z.object({}),
    output: z.object({
      /** The command that was taken back: `book`, `cancel` … */
      kind: z.string(),
    }),
    right: 'desk',
    errors: ['nothing_to_undo', 'not_undoable', 'slot_taken', 'disk_full'],
  }),
};
