import fc from 'fast-check';
import { z } from 'zod';

/** Ids and days that the test clinic knows, so that a made-up input sometimes means something. */
export interface Known {
  ids: readonly string[];
  days: readonly string[];
}

/** Inputs of a schema: mostly of its shape, with fields missing and values that do not fit mixed in. */
export const anythingFor = (schema: z.ZodType, known: Known): fc.Arbitrary<unknown> =>
  ofJsonSchema(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, known);

interface JsonSchema {
  type?: string;
  format?: string;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

const oddities = fc.constantFrom<unknown>(
  null,
  '',
  0,
  -1,
  'x',
  [],
  {},
  '0192f000-0099-7000-8000-000000000001',
);

const ofJsonSchema = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: fitting(schema, known) }, { weight: 1, arbitrary: oddities });

const fitting = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, known)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([field, one]) => [field, ofJsonSchema(one, known)]),
        ),
        { requiredKeys: schema.required ?? [] },
      );
    case 'array':
      return fc.array(ofJsonSchema(schema.items ?? {}, known), { maxLength: 4 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema, known);
    default:
      return oddities;
  }
};

const text = ({ format, maxLength = 40 }: JsonSchema, { ids, days }: Known): fc.Arbitrary<string> => {
  if (format === 'uuid') return fc.constantFrom(...ids);
  if (format === 'date') return fc.constantFrom(...days);
  if (format === 'date-time') return fc.constantFrom(...days.map((day) => `${day}T07:00:00.000Z`));
  if (format === 'email') return fc.constantFrom('maria.p@example.com', 'new@example.com');
  return fc.oneof(
    fc.constantFrom('Μαρία', 'Παπαδοπούλου', '6944123456', '12/3/1980', 'smith'),
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 40) }),
  );
};
