import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsByFile } from './slowest-files.mjs';

test('the slowest file comes first, each with its last build', () => {
  const log = [
    '# ninja log v5',
    '0\t9000\t1\tlibs/a.cc.o\tx',
    '0\t2000\t1\tlibs/b.cc.o\tx',
    '10\t1510\t1\tlibs/a.cc.o\tx',
    '0\t99000\t1\tlibs/liba.a\tx',
    '',
  ].join('\n');
  assert.deepEqual(secondsByFile(log), [
    ['libs/b.cc.o', 2],
    ['libs/a.cc.o', 1.5],
  ]);
});
