import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DumpPart, readDump } from '../../../src-main/core/integrations/import/mysql/dump-statements.ts';
import { DumpText } from '../../../src-main/core/integrations/import/mysql/dump-text.ts';
import { SourceFault } from '../../../src-main/core/integrations/import/source.ts';

/** Reads a dump that comes in pieces of so many bytes. */
const read = async (text: string, sizes: readonly number[] = [text.length + 1]): Promise<DumpPart[]> => {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0, n = 0; at < bytes.length; n += 1) {
      const size = sizes[n % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const parts: DumpPart[] = [];
  for await (const part of readDump(new DumpText(pieces(), 0))) parts.push(part);
  return parts;
};

const rowsIn = (parts: readonly DumpPart[]) =>
  parts.flatMap((part) => (part.kind === 'rows' ? part.rows : []));
const utf8 = (bytes: string | null | undefined) => bytes && Buffer.from(bytes, 'latin1').toString();

/** As mysqldump writes a text. */
const escaped = (text: string): string => `'${[...text].map((mark) => escapes[mark] ?? mark).join('')}'`;
const escapes: Record<string, string> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
};

const inHex = (text: string): string =>
  text === '' ? "''" : `${text.length % 2 ? 'X' : '_utf8mb4 x'}'${Buffer.from(text).toString('hex')}'`;

describe('a dump', () => {
  it('gives the texts that went into it, whatever stands in them and wherever its pieces end', async () => {
    const hard = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '\n', '\0', ';', '(', ')', ',', '/*', '*/', '--', 'ά', '🐕', 'a'),
    });
    const value = fc.oneof(hard, fc.string({ unit: 'grapheme' }), fc.constant(null));
    const table = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (rows, sizes) => {
          const told = rows.map(
            (row) =>
              `(${row.map((one) => (one === null ? 'NULL' : one.length % 3 ? escaped(one) : inHex(one))).join(',')})`,
          );
          const text = `-- x\nINSERT INTO \`t\` VALUES ${told.join(',\n')};\nSET NAMES utf8mb4;\n`;
          const parts = await read(text, sizes);
          expect(rowsIn(parts).map((row) => row.map(utf8))).toEqual(rows);
          expect(parts.at(-1)).toEqual({ kind: 'setting', name: 'names', value: 'utf8mb4' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ["'it''s'", "it's"],
    [String.raw`'a\%b\_c'`, String.raw`a\%b\_c`],
    ['0x616263', 'abc'],
    ["X'616263'", 'abc'],
    ["_binary 'abc'", 'abc'],
    ["N'abc'", 'abc'],
    ['"quo""ted"', 'quo"ted'],
    ['-12.50', '-12.50'],
    ['null', null],
    ['\n 7 \n', '7'],
  ])('understands %s', async (written, value) => {
    expect(rowsIn(await read(`REPLACE INTO clinic.t (a) VALUES (${written});`))).toEqual([[value]]);
  });

  it('knows the columns of a table, also of one with keys, comments and several words to a type', async () => {
    const [table] = await read(
      "CREATE TABLE IF NOT EXISTS `db`.`t` (`id` int(10) unsigned NOT NULL COMMENT 'a, (b', `a``b` enum('x','y,z'), " +
        'seen timestamp NULL, PRIMARY KEY (`id`,`a``b`), KEY `k` (`a``b`), CONSTRAINT `c` CHECK (`id` > 1)) ENGINE=InnoDB;',
    );
    expect(table).toEqual({
      kind: 'table',
      table: 't',
      columns: [
        ['id', 'int'],
        ['a`b', 'enum'],
        ['seen', 'timestamp'],
      ],
    });
  });

  it('passes over what is no table: triggers, comments, other delimiters, settings that it puts back', async () => {
    const text = [
      '/*M!999999\\- enable the sandbox mode */',
      '-- MariaDB dump 10.19',
      "/*!40103 SET TIME_ZONE='+02:00' */;",
      'DELIMITER ;;',
      "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO u VALUES (1); SET NEW.a = ';;'; END ;;",
      'DELIMITER ;',
      "INSERT INTO t VALUES (1,'-- no comment'); # one",
      '/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;',
      '-- Dump completed on 2025-10-04',
    ].join('\n');
    expect((await read(text, [7])).map((part) => (part.kind === 'rows' ? part.rows : part))).toEqual([
      { kind: 'began' },
      { kind: 'setting', name: 'time_zone', value: '+02:00' },
      [['1', '-- no comment']],
      { kind: 'completed' },
    ]);
  });

  it.each([
    ["INSERT INTO t VALUES (1,'open", 'byte'],
    ['INSERT INTO t VALUES (1', 'byte'],
    ['INSERT INTO t VALUES (1),', 'byte'],
    ['INSERT INTO t VALUES (1))', 'byte'],
    ['INSERT INTO t VALUES (now());', 'byte'],
    ['INSERT INTO t SELECT * FROM u;', 'byte'],
    ["CREATE TABLE t (a int COMMENT 'open", 'byte'],
    ['/* open', 'byte'],
  ])('says that it is damaged and where, and gives no row of its own: %s', async (text, where) => {
    const reading = read(text);
    await expect(reading).rejects.toBeInstanceOf(SourceFault);
    await expect(reading).rejects.toMatchObject({
      error: { code: 'damaged', where: expect.stringContaining(where) },
    });
  });
});
