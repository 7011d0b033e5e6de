/** What changes are about, in the order in which they are told. */
export const subjects = [
  'appointments',
  'waitingRoom',
  'patients',
  'payments',
  'prescriptions',
  'messages',
  'other',
] as const;
export type Subject = (typeof subjects)[number];

/** Commands by what they are about; the rest is `other`. */
const about: Record<string, Subject> = {
  book: 'appointments',
  bookInSeries: 'appointments',
  bookSeries: 'appointments',
  bookFromWaitingList: 'appointments',
  changeInSeries: 'appointments',
  changeSeries: 'appointments',
  cancelInSeries: 'appointments',
  cancelSeries: 'appointments',
  reschedule: 'appointments',
  resize: 'appointments',
  cancel: 'appointments',
  noShow: 'appointments',
  restore: 'appointments',
  confirm: 'appointments',
  unconfirm: 'appointments',
  checkIn: 'waitingRoom',
  kioskCheckIn: 'waitingRoom',
  moveOn: 'waitingRoom',
  callNext: 'waitingRoom',
  registerPatient: 'patients',
  updatePatient: 'patients',
  recordConsent: 'patients',
  mergePatients: 'patients',
  undoMerge: 'patients',
  erasePatient: 'patients',
  takePayment: 'payments',
  refund: 'payments',
  voidPayment: 'payments',
  setFee: 'payments',
  closeDay: 'payments',
  savePrescription: 'prescriptions',
  issuePrescription: 'prescriptions',
  replacePrescription: 'prescriptions',
  sendMessage: 'messages',
  editMessage: 'messages',
  deleteMessage: 'messages',
  readThread: 'messages',
};

/** What a command is about. */
export const subjectOf = (kind: string): Subject => about[kind] ?? 'other';

/** Counts of commands put together by what they are about, in the order of `subjects`. */
export const bySubject = <C extends { kind: string }, K extends string>(
  counts: readonly C[],
  names: readonly (K & keyof C)[],
): ({ subject: Subject } & Record<K, number>)[] =>
  subjects.flatMap((subject) => {
    const same = counts.filter(({ kind }) => subjectOf(kind) === subject);
    if (same.length === 0) return [];
    const sums = names.map((name) => [name, same.reduce((sum, count) => sum + Number(count[name]), 0)]);
    return [{ subject, ...(Object.fromEntries(sums) as Record<K, number>) }];
  });
