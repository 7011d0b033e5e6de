import type { ComponentType } from 'react';
import type { Patient } from '../../../src-main/contract/patient.ts';

/** What another workflow shows on a patient's page below the appointments. */
export type PatientSection = ComponentType<{ patient: Patient }>;
