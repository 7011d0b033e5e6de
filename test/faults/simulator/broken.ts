/** What always holds, in the words of the design: what a schedule may show to be untrue. */
export type Rule =
  | 'what was told saved is applied or in an inbox'
  | 'no two live appointments overlap'
  | 'a quiet replica equals central'
  | 'nobody finds commits missing that are there'
  | 'own writes are shown until there is a verdict'
  | 'nothing is overwritten in silence'
  | 'a refusal is final'
  | 'a change is applied once'
  | 'the order of rev is the order of commits'
  | 'the audit is whole'
  | 'a certain booking stands'
  | 'desks come to rest'
  | 'no fault';

/** A rule that did not hold. */
export class Broken extends Error {
  readonly rule: Rule;

  constructor(rule: Rule, detail: string) {
    super(`${rule}: ${detail}`);
    this.rule = rule;
  }
}
