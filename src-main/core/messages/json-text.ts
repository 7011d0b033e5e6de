import { isDeepStrictEqual } from 'node:util';

/** One member of a JSON object, as it is written. */
interface Member {
  name: string;
  /** Both as raw JSON text. */
  nameText: string;
  valueText: string;
}

/** The members of a JSON object's text, in their order, nothing of them changed. The text is valid JSON. */
const membersOf = (text: string): Member[] => {
  const members: Member[] = [];
  const end = text.lastIndexOf('}');
  let at = text.indexOf('{') + 1;
  while (at < end) {
    const colon = endOfValue(text, at);
    const comma = endOfValue(text, colon + 1);
    const nameText = text.slice(at, colon).trim();
    if (nameText !== '') {
      const valueText = text.slice(colon + 1, comma).trim();
      members.push({ name: JSON.parse(nameText) as string, nameText, valueText });
    }
    at = comma + 1;
  }
  return members;
};

/** Where the value that begins at `at` ends: at the `:`, `,` or closing bracket outside every string and bracket. */
const endOfValue = (text: string, at: number): number => {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') index = endOfString(text, index);
    else if (sign === '{' || sign === '[') depth += 1;
    else if (depth === 0 && (sign === ':' || sign === ',' || sign === '}' || sign === ']')) return index;
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return text.length;
};

const endOfString = (text: string, at: number): number => {
  let index = at + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A JSON text in which `was` has become `is`: only what differs is written anew; all else keeps its bytes, the order of
 * its keys and the form of its numbers. A member that `is` leaves undefined goes.
 */
export const revise = (text: string, was: unknown, is: unknown): string => {
  if (isDeepStrictEqual(was, is)) return text;
  if (!isRecord(was) || !isRecord(is) || !text.trimStart().startsWith('{')) return JSON.stringify(is);
  const kept = membersOf(text);
  const parts = kept.flatMap(({ name, nameText, valueText }) => {
    if (!Object.hasOwn(is, name) && !Object.hasOwn(was, name)) return [`${nameText}:${valueText}`];
    return is[name] === undefined ? [] : [`${nameText}:${revise(valueText, was[name], is[name])}`];
  });
  const names = new Set(kept.map(({ name }) => name));
  for (const [name, value] of Object.entries(is)) {
    if (!names.has(name) && value !== undefined && !isDeepStrictEqual(was[name], value)) {
      parts.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
    }
  }
  return `{${parts.join(',')}}`;
};

/** How deep a text nests, if it is JSON, without building it. */
export const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') index = endOfString(text, index);
    else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return deepest;
};
