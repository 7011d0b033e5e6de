import type { Result } from '../../src-main/contract/errors.ts';

/** The value of a result that is one; a refusal fails the test with its code. */
export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
};
