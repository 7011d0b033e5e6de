import { z } from 'zod';
import { AuditFilter, AuditPage } from '../audit.ts';
import { call } from '../call.ts';

const part = {
  filter: AuditFilter.default({}),
  /** The `next` of the part before. */
  below: z.int().positive().optional(),
};

/** What was done in the clinic, by whom, at which desk and when. It lies at central. */
export const auditCalls = {
  readAudit: call({
    summary: 'Entries of the audit, newest first.',
    input: z.object({ ...part, limit: z.int().min(1).max(200).default(100) }),
    output: AuditPage,
    right: 'audit.read',
    errors: ['needs_central'],
  }),
  exportAudit: call({
    summary: 'Part of the audit as CSV (RFC 4180) or JSON lines, newest first.',
    input: z.object({ ...part, format: z.enum(['csv', 'jsonl']) }),
    output: z.object({ text: z.string(), entries: z.int(), next: z.int().nullable() }),
    right: 'audit.read',
    errors: ['needs_central'],
  }),
};
