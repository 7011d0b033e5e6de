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
  unsent: 'Saved here, not yet sent',
  certain: 'Certain: this time is kept for this desk. Not yet sent',
  provisional: 'Provisional: another desk may have this time. Not yet sent',
  conflict: 'Refused by central: see the inbox',
  overbooked: 'Overbooked: {{reason}}',
};
