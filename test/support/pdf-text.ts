import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF as a reader would copy them, line by line, and its number of pages. For files with embedded
 * fonts that map glyphs back to letters.
 */
export const readPdf = (file: Buffer): { pages: number; text: string } => {
  const objects = objectsOf(file);
  const letters = new Map<string, Map<string, string>>();
  const all = [...objects.values()];
  for (const [id, { body }] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
    if (map) letters.set(id, toUnicode(objects.get(map)?.stream ?? ''));
  }
  const fonts = new Map<string, Map<string, string>>();
  for (const { body } of all)
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g))
      fonts.set(name ?? '', letters.get(id ?? '') ?? new Map());
  const text = all
    .filter(({ stream }) => stream.includes(' Tf'))
    .map(({ stream }) => shown(stream, fonts))
    .join('\n');
  return { pages: all.filter(({ body }) => /\/Type \/Page\b/.test(body)).length, text };
};

interface PdfObject {
  body: string;
  /** The stream, unpacked; empty where there is none. */
  stream: string;
}

const objectsOf = (file: Buffer): Map<string, PdfObject> => {
  const raw = file.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', whole = ''] = match;
    const at = whole.indexOf('stream\n');
    const body = at < 0 ? whole : whole.slice(0, at);
    const packed = at < 0 ? '' : whole.slice(at + 7, whole.lastIndexOf('\nendstream'));
    const stream = body.includes('FlateDecode')
      ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
      : packed;
    objects.set(id, { body, stream });
  }
  return objects;
};

/** Glyph numbers of a font, four hex digits each, to letters. */
const toUnicode = (cmap: string): Map<string, string> => {
  const letters = new Map<string, string>();
  for (const [, first, list] of cmap.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    for (const [at, [, hex]] of [...(list ?? '').matchAll(/<([^>]*)>/g)].entries()) {
      const glyph = (Number.parseInt(first ?? '', 16) + at).toString(16).padStart(4, '0');
      const bytes = Buffer.from((hex ?? '').replaceAll(' ', ''), 'hex');
      letters.set(glyph, bytes.swap16().toString('utf16le'));
    }
  return letters;
};

/** What a page's content writes, one line for each piece of text that is placed. */
const shown = (stream: string, fonts: Map<string, Map<string, string>>): string => {
  let font = new Map<string, string>();
  const lines: string[] = [];
  for (const [, name, show] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? new Map();
    if (show === undefined) continue;
    const hex = [...show.matchAll(/<([^>]*)>/g)].map(([, piece]) => piece).join('');
    lines.push((hex.match(/.{4}/g) ?? []).map((glyph) => font.get(glyph.toLowerCase()) ?? '?').join(''));
  }
  return lines.join('\n');
};
