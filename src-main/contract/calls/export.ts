import { z } from 'zod';
import { call } from '../call.ts';
import { BundleEntry, CalendarPart, ExportTable, NamesShown, TablePart } from '../export.ts';
import { Day, Id } from '../values.ts';

const DAY_MS = 86_400_000;
const shortRange = {
  path: ['to'],
  message: 'at most 7 days, the first one first',
};
const isShort = ({ from, to }: { from: string; to: string }): boolean =>
  from <= to && Date.parse(to) - Date.parse(from) < 7 * DAY_MS;
const schedule = { locationId: Id, from: Day, to: Day };

/** The clinic's data in formats that other programs read. */
export const exportCalls = {
  exportCalendar: call({
    summary: 'Up to 7 days of a location as part of an iCalendar file (RFC 5545).',
    input: z
      .object({ ...schedule, doctorId: Id.optional(), names: NamesShown.default('initials') })
      .refine(isShort, shortRange),
    output: CalendarPart,
    right: 'export',
    errors: ['not_found'],
  }),
  exportFhir: call({
    summary: 'Up to 7 days of a location as entries of a FHIR R4 Bundle.',
    input: z.object(schedule).refine(isShort, shortRange),
    output: z.array(BundleEntry),
    right: 'export',
    errors: ['not_found'],
  }),
  exportTables: call({
    summary: 'The tables that can be exported.',
    input: z.object({}),
    output: z.array(ExportTable),
    right: 'export',
    errors: [],
  }),
  exportTable: call({
    summary: 'Part of a table as CSV (RFC 4180); `after` is where the part before ended.',
    input: z.object({
      table: z.string().max(63),
      after: z.string().max(40).optional(),
      limit: z.int().min(1).max(5000).default(2000),
    }),
    output: TablePart,
    right: 'export',
    errors: ['not_found'],
  }),
  exportTableToFolder: call({
    summary: 'Writes part of a table into a CSV file of its name; the file is there once its last part is.',
    input: z.object({
      /** An absolute path on this desk; what is written there is not encrypted. */
      folder: z.string().trim().min(1).max(1000),
      table: z.string().max(63),
      after: z.string().max(40).optional(),
      limit: z.int().min(1).max(5000).default(2000),
      /** Marks the file as UTF-8 for Excel. */
      forExcel: z.boolean().default(false),
    }),
    output: TablePart.omit({ text: true }),
    right: 'export',
    errors: ['not_found', 'folder_unusable', 'disk_full'],
  }),
};
