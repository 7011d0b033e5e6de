/** Something outside Anteroom is in the way. The message says what, and what the person can do about it. */
export class Explained extends Error {
  override readonly name = 'Explained';
}
