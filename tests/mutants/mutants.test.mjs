// The list of mutants keeps up with the code: tests/mutants/run itself takes too long for every run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { mutants } from './mutants.mjs';
import { plant } from './plant.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

for (const mutant of mutants) {
  test(`${mutant.area}: ${mutant.name} can be planted`, () => {
    assert.doesNotThrow(() => plant(readFileSync(`${root}/${mutant.file}`, 'utf8'), mutant));
  });
}

test('the list covers every area', () => {
  const areas = new Set(mutants.map(({ area }) => area));
  assert.deepEqual([...areas].sort(), [
    'claims', 'figures', 'idempotency', 'norms', 'redaction', 'routing', 'sessions', 'tenancy',
  ]);
  assert.ok(mutants.length >= 40, `${mutants.length} mutants`);
});

test('a text that stands there twice, or not at all, is refused', () => {
  const mutant = { file: 'x.cc', from: 'a < b', to: 'a <= b' };
  assert.equal(plant('if (a < b) {', mutant), 'if (a <= b) {');
  assert.throws(() => plant('', mutant), /0 times/);
  assert.throws(() => plant('a < b || a < b', mutant), /2 times/);
});
