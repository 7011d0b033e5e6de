import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** What a person may be allowed to do; a role is a set of these. */
export const rights = [
  'schedule.read',
  'schedule.write',
  'schedule.overbook',
  'schedule.plan',
  'patients.read',
  'patients.write',
  'patients.merge',
  'patients.erase',
  'payments.read',
  'payments.write',
  'payments.refund',
  'prescriptions.read',
  'prescriptions.write',
  'messages.read',
  'messages.write',
  'calls.read',
  'calls.write',
  'reports.read',
  'export',
  'clinic.manage',
  'staff.manage',
  'audit.read',
  'desks.manage',
  'credentials.manage',
  'outside.write',
  'account',
  'desk',
  'door',
  'kiosk',
  'display',
] as const;
export type Right = (typeof rights)[number];

export interface CallShape {
  summary: string;
  input: z.ZodType;
  output: z.ZodType;
  right: Right;
  errors: readonly ErrorCode[];
}

/** Describes a call: what goes in, what comes out, the right that it needs, and the codes that it may answer. */
export const call = <I extends z.ZodType, O extends z.ZodType>(shape: {
  summary: string;
  input: I;
  output: O;
  right: Right;
  errors: readonly ErrorCode[];
}) => shape satisfies CallShape;
