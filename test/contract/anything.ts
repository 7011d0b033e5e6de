import fc from 'fast-check';
import { z } from 'zod';
import { hostileNumber, hostileText, hostileValue } from './hostile.ts';

/** What the test clinic knows, so that a made-up input often means something: ids by field, and days. */
export interface Known {
  ids: Readonly<Record<string, readonly string[]>>;
  days: readonly string[];
}

/** Inputs of a schema: of its shape, one place away from its shape, and nothing like it. */
export const anythingFor = (schema: z.ZodType, known: Known): fc.Arbitrary<unknown> => {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const valid = fitting({ ...shape, $defs: shape.$defs ?? {} }, known, '');
  return fc.oneof(
    { weight: 12, arbitrary: valid },
    {
      weight: 7,
      arbitrary: fc.tuple(valid, fc.nat(), wrong).map(([value, at, how]) => spoil(value, at, how)),
    },
    { weight: 1, arbitrary: hostileValue },
  );
};

interface JsonSchema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

const fitting = (schema: JsonSchema, known: Known, field: string): fc.Arbitrary<unknown> => {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, known, field)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return object(schema, known);
    case 'array':
      return array(schema, known, field);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema, known, field);
    default:
      return hostileValue;
  }
};

const object = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> => {
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  if (!properties && typeof additionalProperties === 'object') {
    const keys = fitting(propertyNames ?? { type: 'string' }, known, '').map(String);
    return fc.dictionary(keys, fitting(additionalProperties, known, ''), { maxKeys: 4 });
  }
  const fields = Object.entries(properties ?? {}).map(([name, one]) => [name, fitting(one, known, name)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required,
  });
};

const array = (schema: JsonSchema, known: Known, field: string): fc.Arbitrary<unknown> => {
  const { items = {}, prefixItems, minItems = 0, maxItems = 4 } = schema;
  if (prefixItems) return fc.tuple(...prefixItems.map((one) => fitting(one, known, field)));
  return fc.array(fitting(items, known, field), {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(4, maxItems)),
  });
};

const number = (schema: JsonSchema): fc.Arbitrary<number> => {
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1);
  const max =
    schema.maximum ?? (schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - 1);
  const near = fc.integer({ min: min ?? 0, max: Math.min(max ?? 1_000, (min ?? 0) + 1_000) });
  // At both ends, where the schema draws them.
  return fc.oneof(
    { weight: 4, arbitrary: near },
    { weight: 1, arbitrary: fc.constantFrom(min ?? 0, max ?? 1_000) },
  );
};

const text = (schema: JsonSchema, known: Known, field: string): fc.Arbitrary<string> => {
  const { format, pattern, minLength = 0, maxLength = 1_000_000 } = schema;
  const { ids, days } = known;
  if (format === 'uuid') return fc.constantFrom(...(ids[field] ?? []), ...(ids['any'] ?? []));
  if (format === 'date') return fc.constantFrom(...days);
  if (format === 'date-time') return fc.constantFrom(...days.map((day) => `${day}T07:00:00.000Z`));
  if (format === 'email') return fc.constantFrom('maria.p@example.com', 'new@example.com');
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const ordinary = fc.constantFrom(
    'Μαρία',
    'Παπαδοπούλου',
    '6944123456',
    '020 7946 0958',
    '12/3/1980',
    'smith',
  );
  return fc
    .oneof({ weight: 3, arbitrary: ordinary }, { weight: 2, arbitrary: hostileText })
    .map((one) => one.slice(0, maxLength).padEnd(minLength, 'x'));
};

/** What is done to one place of a value that fits. */
type Wrong =
  | { how: 'gone' | 'doubled' }
  | { how: 'is'; value: unknown }
  | { how: 'more'; name: string; value: unknown };

const wrong: fc.Arbitrary<Wrong> = fc.oneof(
  fc.constantFrom<Wrong>({ how: 'gone' }, { how: 'doubled' }),
  fc.oneof(hostileText, hostileNumber, hostileValue).map((value): Wrong => ({ how: 'is', value })),
  fc.tuple(hostileText, hostileValue).map(([name, value]): Wrong => ({ how: 'more', name, value })),
);

/** Every place in a value, by its holder and its key. */
const placesOf = (value: unknown, found: [object, string][] = []): [object, string][] => {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    if (found.length < 200) placesOf(Reflect.get(value, key), found);
  }
  return found;
};

const spoil = (value: unknown, at: number, what: Wrong): unknown => {
  const copy: unknown = structuredClone(value);
  const places = placesOf(copy);
  const [holder, key] = places[at % Math.max(1, places.length)] ?? [];
  if (!holder || key === undefined) return what.how === 'is' ? what.value : copy;
  const set = (name: string, to: unknown) =>
    Object.defineProperty(holder, name, { value: to, enumerable: true, configurable: true, writable: true });
  if (what.how === 'gone') Reflect.deleteProperty(holder, key);
  else if (what.how === 'doubled') set(key, [Reflect.get(holder, key), Reflect.get(holder, key)]);
  else if (what.how === 'is') set(key, what.value);
  else if (what.how === 'more' && !Array.isArray(holder)) set(what.name, what.value);
  return copy;
};
