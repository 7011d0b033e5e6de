/** The program ended in the middle of its work. */
export class Crash extends Error {
  constructor() {
    super('the program was killed');
  }
}
