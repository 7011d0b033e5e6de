import fc from 'fast-check';
import { z } from 'zod';

/** What the test clinic knows, so that a made-up input often means something: ids by field, and days. */
export interface Known {
  ids: Readonly<Record<string, readonly string[]>>;
  days: readonly string[];
}

/** Inputs of a schema: mostly of its shape, with fields missing and values that do not fit mixed in. */
export const anythingFor = (schema: z.ZodType, known: Known): fc.Arbitrary<unknown> =>
  ofJsonSchema(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, known, '');

interface JsonSchema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
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

const ofJsonSchema = (schema: JsonSchema, known: Known, field: string): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: fitting(schema, known, field) }, { weight: 1, arbitrary: oddities });

const fitting = (schema: JsonSchema, known: Known, field: string): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, known, field)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, one]) => [
            name,
            ofJsonSchema(one, known, name),
          ]),
        ),
        { requiredKeys: schema.required ?? [] },
      );
    case 'array':
      return fc.array(ofJsonSchema(schema.items ?? {}, known, field), { maxLength: 4 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema, known, field);
    default:
      return oddities;
  }
};

const text = (
  { format, maxLength = 40 }: JsonSchema,
  { ids, days }: Known,
  field: string,
): fc.Arbitrary<string> => {
  if (format === 'uuid') return fc.constantFrom(...(ids[field] ?? []), ...(ids['any'] ?? []));
  if (format === 'date') return fc.constantFrom(...days);
  if (format === 'date-time') return fc.constantFrom(...days.map((day) => `${day}T07:00:00.000Z`));
  if (format === 'email') return fc.constantFrom('maria.p@example.com', 'new@example.com');
  if (field === 'phone') return fc.constantFrom('6944123456', '020 7946 0958', '2101112223');
  return fc.oneof(
    fc.constantFrom('Μαρία', 'Παπαδοπούλου', '6944123456', '12/3/1980', 'smith'),
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 40) }),
  );
};
