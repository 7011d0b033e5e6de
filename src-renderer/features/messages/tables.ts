/** What a list or a thread of messages is read from. */
export const TABLES = [
  'messages',
  'message_receipts',
  'attachments',
  'appointments',
  'patients',
  'users',
  'outbox',
] as const;
