/** A value as it stands in an INSERT, and where what follows it begins; undefined where the text ends before it does. */
type Read<T> = { value: T; end: number } | undefined;

/** Where a quoted text ends, its closing quote included; -1 where that is further on. `from` is behind its first quote. */
export const endOfQuoted = (text: string, from: number, quote: string): number => {
  for (let at = from; ; ) {
    const found = text.indexOf(quote, at);
    // What follows decides whether a quote is doubled.
    if (found < 0 || found + 1 >= text.length) return -1;
    if (quote !== '`' && isEscaped(text, found, from)) at = found + 1;
    else if (text[found + 1] === quote) at = found + 2;
    else return found + 1;
  }
};

/** Whether an odd number of backslashes stands before a character. */
const isEscaped = (text: string, at: number, from: number): boolean => {
  let first = at;
  while (first > from && text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
};

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
};

const unquoted = (text: string, quote: string): string =>
  /\\|'|"/.test(text)
    ? text.replaceAll(/\\([\s\S])|''|""/g, (all: string, escaped: string | undefined) =>
        escaped !== undefined ? (escapes[escaped] ?? escaped) : all === quote + quote ? quote : all,
      )
    : text;

const BLANK = /[\s]*/y;
const HEX = /0x([0-9a-f]*)/iy;
const BARE = /[^\s,()'"]+/y;

const after = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

export const skipBlank = (text: string, from: number): number =>
  from + (after(BLANK, text, from)?.[0].length ?? 0);

/** One value: null, or its bytes as characters. One that ends where the text does may go on; `readRow` sees that. */
const readValue = (text: string, from: number): Read<string | null> => {
  const hex = after(HEX, text, from);
  if (hex) return { value: inBytes(hex[1]), end: from + hex[0].length };
  const quote = text[from] ?? '';
  if (quote === "'" || quote === '"') {
    const end = endOfQuoted(text, from + 1, quote);
    return end < 0 ? undefined : { value: unquoted(text.slice(from + 1, end - 1), quote), end };
  }
  const bare = after(BARE, text, from);
  if (!bare) return from < text.length ? { value: '', end: -1 } : undefined;
  const [word] = bare;
  const end = from + word.length;
  // A text may be told with its character set before it: _binary 'abc'.
  if (word.startsWith('_')) return readValue(text, skipBlank(text, end));
  if (/^[xn]$/i.test(word) && text[end] === "'") {
    const read = readValue(text, end);
    return read && { ...read, value: /x/i.test(word) ? inBytes(read.value ?? '') : read.value };
  }
  return { value: word.toUpperCase() === 'NULL' ? null : word, end };
};

/** Hexadecimal digits as the bytes that they say, a byte to a character. */
const inBytes = (digits = ''): string => Buffer.from(digits, 'hex').toString('latin1');

/** A row, `(…, …)`; undefined where the text ends before it does, and an end of -1 where it is none. */
export const readRow = (text: string, from: number): Read<(string | null)[]> => {
  const value: (string | null)[] = [];
  if (text[from] !== '(') return from < text.length ? { value, end: -1 } : undefined;
  for (let at = from + 1; ; at += 1) {
    const read = readValue(text, skipBlank(text, at));
    if (!read || read.end < 0) return read && { value, end: -1 };
    value.push(read.value);
    at = skipBlank(text, read.end);
    if (at >= text.length) return undefined;
    if (text[at] === ')') return { value, end: at + 1 };
    if (text[at] !== ',') return { value, end: -1 };
  }
};
