import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as ours from '../../support/outside/cal-com-schemas.ts';

/** Where the published description lies, where somebody has it; nothing else here needs it. */
const FILE = new URL('../../../../shared/spec/calcom-v2-openapi.json', import.meta.url);
const present = existsSync(FILE);

interface Described {
  type?: string;
  nullable?: boolean;
  properties?: Record<string, Described>;
  required?: string[];
  enum?: string[];
  items?: Described;
  oneOf?: Described[];
  anyOf?: Described[];
  allOf?: Described[];
  $ref?: string;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Described;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Described }> };
  responses: Record<string, { content?: Record<string, { schema: Described }> }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Described> };
}

const description: Description = present
  ? JSON.parse(readFileSync(FILE, 'utf8'))
  : { paths: {}, components: { schemas: {} } };

const named = (name: string): Described => {
  const found = description.components.schemas[name];
  if (!found) throw new Error(`${name} is not described`);
  return found;
};
const resolve = (described: Described): Described => {
  if (described.$ref) return named(described.$ref.split('/').at(-1) ?? '');
  const [only] = described.allOf ?? [];
  return only ? { ...resolve(only), ...(described.nullable ? { nullable: true } : {}) } : described;
};

/** Our schemas by the name that the description has for each. */
const schemas: Record<string, z.ZodType> = {
  BookingHost: ours.BookingHost,
  BookingAttendee: ours.BookingAttendee,
  EventType: ours.EventTypeOfBooking,
  BookingOutput_2024_08_13: ours.BookingOutput,
  PaginationMetaDto: ours.Pagination,
  EventTypeOutput_2024_06_14: ours.EventTypeOutput,
  MeOutput: ours.MeOutput,
  CreateBookingAttendee: ours.CreateBookingAttendee,
  CreateBookingInput_2024_08_13: ours.CreateBookingInput,
  RescheduleBookingInput_2024_08_13: ours.RescheduleBookingInput,
  CancelBookingInput_2024_08_13: ours.CancelBookingInput,
  DeclineBookingInput_2024_08_13: ours.DeclineBookingInput,
  MarkAbsentBookingInput_2024_08_13: ours.MarkAbsentBookingInput,
  MarkAbsentAttendee: ours.MarkAbsentAttendee,
};

/** What has been seen otherwise than it is described (integrations.md). */
const seenOtherwise = new Set(['BookingOutput_2024_08_13.updatedAt may be null']);
/** Needed by one of two ways to name an event type, which is the one in use. */
const askedMore = new Set(['CreateBookingInput_2024_08_13.eventTypeId']);

type Ours = z.core.JSONSchema.JSONSchema;
const asJson = (schema: z.ZodType): Ours => z.toJSONSchema(schema) as Ours;

/** The JSON types that a schema allows; null is told apart. */
const typesOf = (schema: Ours): { types: string[]; nullable: boolean } => {
  const parts = (schema.anyOf as Ours[] | undefined) ?? [schema];
  const types = parts.flatMap((part) => (part.type as string | string[] | undefined) ?? []);
  return { types: types.filter((type) => type !== 'null'), nullable: types.includes('null') };
};

const answers = (name: string, schema: z.ZodType): string[] => {
  const faults: string[] = [];
  const there = named(name);
  const here = asJson(schema);
  const required = new Set(here.required ?? []);
  const isAnswer =
    !name.includes('Input') && name !== 'CreateBookingAttendee' && name !== 'MarkAbsentAttendee';
  for (const [property, described] of Object.entries(there.properties ?? {})) {
    const one = here.properties?.[property] as Ours | undefined;
    const place = `${name}.${property}`;
    const must = there.required?.includes(property) ?? false;
    if (!one) {
      if (must) faults.push(`${place} is required and missing here`);
      continue;
    }
    const { type, nullable = false, enum: values } = resolve(described);
    const { types, nullable: hereNullable } = typesOf(one);
    const wanted = type === 'integer' ? 'number' : type;
    if (wanted && types.length > 0 && !types.includes(wanted))
      faults.push(`${place} is ${wanted}, not ${types}`);
    if (isAnswer && nullable !== hereNullable && !seenOtherwise.has(`${place} may be null`))
      faults.push(`${place} ${nullable ? 'may' : 'may not'} be null`);
    if (values && [...values].sort().join() !== [...((one.enum as string[]) ?? [])].sort().join())
      faults.push(`${place} has other values: ${values}`);
    if (must !== required.has(property) && !askedMore.has(place))
      faults.push(`${place} is ${must ? '' : 'not '}required`);
  }
  for (const property of Object.keys(here.properties ?? {}))
    if (!there.properties?.[property]) faults.push(`${name}.${property} is not described`);
  return faults;
};

describe.runIf(present)('our schemas of Cal.com hold against its published description', () => {
  test.each(Object.entries(schemas))('%s', (name, schema) => {
    expect(answers(name, schema)).toEqual([]);
  });

  test.each(Object.entries(ours.operations))('%s', (operation, { version, query, body, success, answer }) => {
    const [method = '', path = ''] = operation.split(' ');
    const described = description.paths[path]?.[method.toLowerCase()];
    if (!described) throw new Error('not described');
    const parameters = described.parameters ?? [];
    const header = parameters.find(({ name }) => name === 'cal-api-version');
    expect((header?.schema as { default?: string } | undefined)?.default).toBe(version);
    for (const name of Object.keys(asJson(query).properties ?? {}))
      expect(parameters.some((one) => one.in === 'query' && one.name === name)).toBe(true);
    const takesBody = !(body instanceof z.ZodUndefined);
    expect(described.requestBody !== undefined).toBe(takesBody);
    const reply = described.responses[String(success)]?.content?.['application/json']?.schema;
    const outer = resolve(reply ?? {});
    const here = asJson(answer);
    for (const name of outer.required ?? []) expect(Object.keys(here.properties ?? {})).toContain(name);
    expect(resolve(outer.properties?.['status'] ?? {}).enum).toContain('success');
  });
});

test.runIf(!present)(
  'the published description is not here, so our schemas of Cal.com were not held against it: skipped',
  () => {
    expect(present).toBe(false);
  },
);
