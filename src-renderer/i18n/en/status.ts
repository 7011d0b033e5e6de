/** Statuses, alerts and errors: words that stand for what the contract calls by code. */
export const status = {
  held: 'Held',
  pending: 'Requested',
  scheduled: 'Booked',
  confirmed: 'Confirmed',
  arrived: 'Arrived',
  ready: 'Ready',
  in_room: 'In room',
  completed: 'Completed',
  cancelled: 'Cancelled',
  no_show: 'No-show',
  left: 'Left unseen',
};

export const alerts = {
  firstVisit: 'First visit',
  contactDue: 'Confirm phone and address',
  unread: 'Unread message',
  balanceDue: 'To be paid',
  provisional: 'Saved here, not yet sent',
  conflict: 'Refused by central: see the inbox',
  overbooked: 'Overbooked: {{reason}}',
};
