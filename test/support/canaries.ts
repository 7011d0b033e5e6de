import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How a text may stand in a file: as it is, in JSON, in an address, in hex, and in base64 wherever it begins. */
const disguises = (text: string): string[] => {
  const bytes = Buffer.from(text);
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = escaped.replaceAll(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const inBase64 = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // What the bytes before and after it have a part in is left out.
    const middle = shifted.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  return [...new Set([text, escaped, ascii, encodeURIComponent(text), hex, hex.toUpperCase(), ...inBase64])];
};

/** Which canaries stand in the bytes, by their names. */
export const found = (bytes: Buffer, canaries: Readonly<Record<string, string>>): string[] =>
  Object.entries(canaries).flatMap(([name, text]) =>
    disguises(text).some((form) => bytes.includes(form)) ? [name] : [],
  );

/** The same in every file below a folder, `file: name`; those whose name matches `except` are passed over. */
export const foundBelow = (
  folder: string,
  canaries: Readonly<Record<string, string>>,
  except = /$^/,
): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !except.test(name) && statSync(join(folder, name)).isFile())
    .flatMap((name) =>
      found(readFileSync(join(folder, name)), canaries).map((canary) => `${name}: ${canary}`),
    );
