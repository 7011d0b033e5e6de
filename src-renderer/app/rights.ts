import type { Right } from '../../src-main/contract/calls.ts';
import { useClinic } from './clinic-data.tsx';

/** Whether the person at the desk may do something. The core refuses all the same; a screen offers what can be done. */
export const useMay = (right: Right): boolean => useClinic().rights.has(right);
