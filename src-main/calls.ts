import { z } from 'zod';
import { calls, commonErrors } from './contract/calls.ts';
import { PROTOCOL_VERSION } from './contract/envelope.ts';
import { errorCodes } from './contract/errors.ts';

/** The contract for people and programs that do not read TypeScript: every call, and every error code. */
export const describeCalls = () => ({
  protocolVersion: PROTOCOL_VERSION,
  calls: Object.entries(calls).map(([name, call]) => ({
    name,
    summary: call.summary,
    right: call.right,
    errors: [...call.errors, ...commonErrors],
    input: z.toJSONSchema(call.input, { io: 'input' }),
    output: z.toJSONSchema(call.output),
  })),
  errors: errorCodes,
});

/** `npm run calls`: prints the contract as JSON. */
export const main = (): void => {
  process.stdout.write(`${JSON.stringify(describeCalls(), null, 2)}\n`);
};
