/** The day board and the panel of an appointment. */
export const board = {
  label: 'Day board',
  done: {
    checkIn: '{{name}} has arrived.',
    moveOn: '{{name}}: {{status}}.',
    cancel: 'Cancelled: {{name}}, {{time}}.',
    noShow: '{{name}} did not come.',
    restore: '{{name}} is on the board again.',
    reschedule: '{{name}} moved: {{from}} → {{to}}.',
  },
};
