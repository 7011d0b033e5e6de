import { z } from 'zod';
import { call } from '../call.ts';
import {
  FindingReason,
  ImportFinding,
  ImportMapping,
  ImportPreview,
  ImportRun,
  ImportSource,
} from '../imports.ts';
import { Id } from '../values.ts';

/** Moving in with another system's data. Progress is told by `tablesChanged` with `import_runs`. */
export const importsCalls = {
  importPreview: call({
    summary: 'Looks at a source: its tables, the first rows as they would stand here, what would not fit.',
    input: z.object({ source: ImportSource, mapping: ImportMapping.optional() }),
    output: ImportPreview,
    right: 'clinic.manage',
    errors: ['import_unreadable'],
  }),
  startImport: call({
    summary:
      'Begins to take a source in. `importRun` tells how far it is; after a restart `resumeImport` goes on.',
    input: z.object({ source: ImportSource, mapping: ImportMapping.optional() }),
    output: ImportRun,
    right: 'clinic.manage',
    errors: ['import_unreadable', 'import_under_way', 'not_found', 'disk_full'],
  }),
  importRuns: call({
    summary: 'The imports of this desk, newest first.',
    input: z.object({}),
    output: z.array(ImportRun),
    right: 'clinic.manage',
    errors: [],
  }),
  importRun: call({
    summary: 'How far an import is, what it took, and what it left out.',
    input: z.object({ id: Id }),
    output: ImportRun,
    right: 'clinic.manage',
    errors: ['not_found'],
  }),
  pauseImport: call({
    summary: 'Stops an import after the rows in hand.',
    input: z.object({ id: Id }),
    output: ImportRun,
    right: 'clinic.manage',
    errors: ['not_found'],
  }),
  resumeImport: call({
    summary:
      'Goes on where an import stopped. `url` is needed again for a database once the program was closed: its password was not kept.',
    input: z.object({ id: Id, url: z.url().max(1000).optional() }),
    output: ImportRun,
    right: 'clinic.manage',
    errors: ['not_found', 'import_unreadable', 'import_under_way', 'disk_full'],
  }),
  importFindings: call({
    summary: 'What an import left out or changed, and why, in the order of the source.',
    input: z.object({
      id: Id,
      reason: FindingReason.optional(),
      /** Where the part before ended. */
      after: z.string().max(1000).optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ findings: z.array(ImportFinding), next: z.string().nullable() }),
    right: 'clinic.manage',
    errors: ['not_found'],
  }),
  exportFindings: call({
    summary: 'Part of the findings as CSV (RFC 4180); `after` is where the part before ended.',
    input: z.object({
      id: Id,
      after: z.string().max(1000).optional(),
      limit: z.int().min(1).max(5000).default(2000),
    }),
    output: z.object({ text: z.string(), rows: z.int(), next: z.string().nullable() }),
    right: 'clinic.manage',
    errors: ['not_found'],
  }),
};
