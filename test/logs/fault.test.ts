import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultLine, framesOf, traceOf } from '../../src-main/core/fault.ts';

const thrown = (message: string): Error => new TypeError(message);

describe('what is told of a fault', () => {
  it('is its class, its code and where in the code it was, without this PC’s folders', () => {
    const fault = Object.assign(thrown('no room for Μαρία'), { code: 'ENOSPC' });
    const { name, code, frames } = traceOf(fault);
    expect([name, code]).toEqual(['TypeError', 'ENOSPC']);
    expect(frames[0]).toMatch(/^thrown test\/logs\/fault\.test\.ts:\d+:\d+$/);
    expect(faultLine(fault)).toMatch(/^TypeError ENOSPC thrown test\/logs/);
    expect(frames.join()).not.toContain(process.cwd());
  });

  it('is never what its message says, whatever that looks like', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 12 }),
      fc.constant('x\n    at Παπαδοπούλου (Kanari.ts:1:2)'),
      fc.constant('x\n    at Kanari (kanari.ts:1:2)\n    at kanari.ts:7:7'),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const message = `${text} kanari`;
        const told = JSON.stringify(traceOf(thrown(message)));
        expect(told.toLowerCase()).not.toContain('kanari');
      }),
    );
  });

  it('is no value in the place of a class or a code', () => {
    const odd = Object.assign(thrown('x'), { name: 'Maria Papadopoulou', code: 'phone 6971234567' });
    expect(traceOf(odd)).toMatchObject({ name: 'Error', code: null });
    expect(traceOf('Maria')).toEqual({ name: 'string', code: null, frames: [] });
    expect(faultLine(undefined)).toBe('undefined');
  });

  it('keeps the places of a page’s stack, and of no other folder than ours', () => {
    const stack = [
      'Error: Μαρία',
      '    at Object.draw (http://127.0.0.1:4455/assets/index-9f.js:1:200)',
      '    at async run (node:internal/modules:4:5)',
      '    at /home/maria.papadopoulou/tools/hook.js:3:4',
      '    at C:\\Users\\maria\\hook.js:3:4',
      'Maria at home:1:2',
    ].join('\n');
    expect(framesOf(stack)).toEqual([
      'Object.draw http://127.0.0.1:4455/assets/index-9f.js:1:200',
      'run node:internal/modules:4:5',
      'hook.js:3:4',
      'hook.js:3:4',
    ]);
  });
});
