import type { CalComSettings } from '../../../contract/integrations.ts';
import type { Desk } from '../../desk.ts';
import { type ChangeWriter, writeChange } from '../../replica/write.ts';

/** What every part of one run works with. */
export interface Scope {
  desk: Desk;
  clinicId: string;
  settings: CalComSettings;
  /** Of the lease, with each change. */
  fence: string;
}

/** Writes one change of the run. What it reads in `work` is what stands when it is written. */
export const change = <R>({ desk, fence }: Scope, work: (writer: ChangeWriter) => R): R =>
  writeChange(desk, { kind: 'calComRun', actor: null, fence }, work);
