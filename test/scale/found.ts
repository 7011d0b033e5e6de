/** What was tried, and what came of it. */
export interface Found {
  what: string;
  came: string;
}
