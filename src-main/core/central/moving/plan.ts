import { z } from 'zod';
import { fold } from '../../fold.ts';
import { readWeek, USUAL_WEEK, type WeekHours } from './hours.ts';

/** Somebody as another system has them. */
export interface MovingUser {
  /** Where they stand there: `users 4711`, `line 3`. */
  place: string;
  email: string | null;
  name: string | null;
  /** Null where that system knows no roles. */
  role: string | null;
  /** Set where they have a doctor's record there. */
  doctor: MovingDoctor | null;
  /** Where they work; tells which location is theirs. */
  city: string | null;
  /** Their working week, as `Mon-Fri 09:00-17:00`; null where that system knows none. */
  hours: string | null;
}

export interface MovingDoctor {
  firstName: string | null;
  lastName: string | null;
  specialization: string | null;
}

/** What of the clinic counts for who moves in. Addresses are in lower case. */
export interface ClinicNow {
  accounts: { id: string; email: string; role: string; gone: boolean }[];
  doctors: { id: string; email: string; userId: string | null; gone: boolean; hasHours: boolean }[];
  locations: { id: string; name: string; city: string }[];
}

/** The roles of the staff. */
export const StaffRole = z.enum(['receptionist', 'doctor', 'admin']);
export type StaffRole = z.infer<typeof StaffRole>;

/** One thing to do. People are named by their address, in lower case. */
export type MoveStep =
  | { what: 'add_account'; email: string; name: string; role: StaffRole }
  | { what: 'add_doctor'; email: string; firstName: string; lastName: string; specialization: string }
  | { what: 'link_doctor'; email: string }
  | {
      what: 'add_hours';
      email: string;
      locationId: string;
      location: string;
      hours: string;
      week: WeekHours[];
    };

/** Why somebody, or a part of what there is of them, does not come in. */
export const leftOutReasons = {
  no_email: 'has no e-mail address that can be used',
  twice: 'is in the source more than once; the first one counts',
  patient: 'is a patient; the import brings patients in',
  unknown_role: 'has a role that says nothing here',
  deactivated: 'has an account here that was deactivated; an administrator can take it back in',
  other_role: 'has an account here with another role, which stays',
  doctor_gone: 'was a doctor here and was taken away',
  doctor_of_other: "has a doctor's record here that is another account's",
  hours_unreadable: 'has hours that cannot be read',
  no_location: 'gets no hours: the clinic has no location, or several and none in their city',
} as const;
export interface LeftOut {
  place: string;
  email: string | null;
  reason: keyof typeof leftOutReasons;
  /** What it said there. */
  value: string | null;
}

export interface MovePlan {
  steps: MoveStep[];
  leftOut: LeftOut[];
}

/** What other systems call those who are on the staff. */
const roles: Readonly<Record<string, StaffRole>> = {
  admin: 'admin',
  administrator: 'admin',
  owner: 'admin',
  practice_owner: 'admin',
  manager: 'admin',
  doctor: 'doctor',
  vet: 'doctor',
  veterinarian: 'doctor',
  dvm: 'doctor',
  receptionist: 'receptionist',
  staff: 'receptionist',
  assistant: 'receptionist',
  nurse: 'receptionist',
  technician: 'receptionist',
  vet_tech: 'receptionist',
  user: 'receptionist',
};

/**
 * What it takes that these people have an account, a doctor's record where they are a doctor, and working hours in a clinic
 * as it stands: nothing where they have them. What stands there is never changed.
 */
export const planMove = (users: readonly MovingUser[], clinic: ClinicNow): MovePlan => {
  const planner = new Planner(clinic);
  const seen = new Set<string>();
  for (const user of users) {
    const email = z.email().max(255).safeParse(user.email?.trim().toLowerCase()).data;
    if (!email) planner.leaveOut(user, 'no_email', user.email);
    else if (seen.has(email)) planner.leaveOut(user, 'twice');
    else planner.take(user, email);
    if (email) seen.add(email);
  }
  const { steps, leftOut } = planner;
  return { steps, leftOut };
};

class Planner {
  readonly steps: MoveStep[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #clinic: ClinicNow;

  constructor(clinic: ClinicNow) {
    this.#clinic = clinic;
  }

  leaveOut({ place, email }: MovingUser, reason: LeftOut['reason'], value: string | null = null): void {
    this.leftOut.push({ place, email, reason, value });
  }

  /** Account, doctor's record and hours of one of them. */
  take(user: MovingUser, email: string): void {
    const role = this.#account(user, email);
    if (role === 'doctor' || (role !== null && user.doctor)) this.#doctor(user, email);
  }

  /** Their role here; null where they do not come in. */
  #account(user: MovingUser, email: string): StaffRole | null {
    const account = this.#clinic.accounts.find((one) => one.email === email);
    const role = roleOf(user);
    if (account?.gone) this.leaveOut(user, 'deactivated');
    else if (account) {
      const kept = StaffRole.safeParse(account.role).data ?? null;
      if (kept === null || (user.role !== null && role !== kept))
        this.leaveOut(user, 'other_role', user.role);
      return kept;
    } else if (role === null) this.leaveOut(user, isPatient(user) ? 'patient' : 'unknown_role', user.role);
    else this.steps.push({ what: 'add_account', email, name: nameOf(user, email), role });
    return account ? null : role;
  }

  #doctor(user: MovingUser, email: string): void {
    const account = this.#clinic.accounts.find((one) => one.email === email);
    const doctor = this.#clinic.doctors.find(
      (one) => one.email === email || (account && one.userId === account.id),
    );
    if (doctor?.gone) this.leaveOut(user, 'doctor_gone');
    else if (doctor?.userId && doctor.userId !== account?.id) this.leaveOut(user, 'doctor_of_other');
    else {
      if (!doctor) this.steps.push({ what: 'add_doctor', email, ...doctorNames(user, email) });
      else if (!doctor.userId) this.steps.push({ what: 'link_doctor', email });
      if (!doctor?.hasHours) this.#hours(user, email);
    }
  }

  #hours(user: MovingUser, email: string): void {
    const hours = user.hours ?? USUAL_WEEK;
    const week = readWeek(hours);
    const location = locationOf(user, this.#clinic);
    if (!week) this.leaveOut(user, 'hours_unreadable', hours);
    else if (!location) this.leaveOut(user, 'no_location', user.city);
    else {
      const { id: locationId, name } = location;
      this.steps.push({ what: 'add_hours', email, locationId, location: name, hours, week });
    }
  }
}

const locationOf = ({ city }: MovingUser, { locations }: ClinicNow) => {
  const [only, ...more] = locations;
  if (more.length === 0) return only;
  const there = locations.filter((location) => city && fold(location.city) === fold(city));
  return there.length === 1 ? there[0] : undefined;
};

const isPatient = ({ role }: MovingUser): boolean =>
  ['patient', 'client'].includes(role?.trim().toLowerCase() ?? '');

const roleOf = ({ role, doctor }: MovingUser): StaffRole | null => {
  if (role === null) return doctor ? 'doctor' : 'receptionist';
  return (
    roles[
      role
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    ] ?? null
  );
};

const nameOf = ({ name, doctor }: MovingUser, email: string): string => {
  const full = [doctor?.firstName, doctor?.lastName].filter(Boolean).join(' ');
  return (name?.trim() || full || email).slice(0, 200);
};

/** A doctor's names; of a whole name the last word is the family's. */
const doctorNames = (user: MovingUser, email: string) => {
  const words = nameOf(user, email).split(/\s+/);
  const last = words.length > 1 ? (words.pop() ?? '') : '';
  const { firstName, lastName, specialization } = user.doctor ?? {};
  return {
    firstName: (firstName ?? words.join(' ')).slice(0, 100),
    lastName: (lastName ?? last).slice(0, 100),
    specialization: (specialization ?? '').slice(0, 120),
  };
};
