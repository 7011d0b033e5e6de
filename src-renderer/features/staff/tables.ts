/** What the list of the staff is read from. */
export const STAFF_TABLES = ['users', 'staff_keys', 'user_sessions', 'doctors'];
