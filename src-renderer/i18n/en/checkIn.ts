export const checkIn = {
  title: 'Check in {{name}}',
  ask: 'Please ask: are phone and address still right?',
  why: 'They are missing, or were last confirmed more than a year ago.',
  save: 'Confirm and check in',
  early_one: '{{count}} minute before the time.',
  early_other: '{{count}} minutes before the time.',
  late_one: '{{count}} minute after the time.',
  late_other: '{{count}} minutes after the time.',
};
