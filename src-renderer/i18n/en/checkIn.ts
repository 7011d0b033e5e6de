export const checkIn = {
  title: 'Check in {{name}}',
  ask: 'Please ask: are phone and address still right?',
  why: 'They are missing, or were last confirmed more than a year ago.',
  save: 'Confirm and check in',
};
