import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circleThrough } from '../../services/web/lint/import-circle.js';

const imports = { a: ['b', 'd'], b: ['c'], c: ['a'], d: ['e'], e: ['d'], f: ['a'], g: ['g'] };
const importsOf = (file) => imports[file] ?? [];

test('a file that imports itself over others is told the way', () => {
  assert.deepEqual(circleThrough('a', importsOf), ['a', 'b', 'c', 'a']);
  assert.deepEqual(circleThrough('g', importsOf), ['g', 'g']);
});

test('a file that only imports a circle is in none', () => {
  assert.equal(circleThrough('f', importsOf), undefined);
  assert.equal(circleThrough('x', importsOf), undefined);
});
