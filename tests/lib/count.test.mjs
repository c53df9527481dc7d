import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { countCtest, countGoogleTest, countLastLine, countTap, countVitest } from './count.mjs';

const gtest = (...tests) => ({ testsuites: [{ testsuite: tests }] });
const passed = { status: 'RUN', result: 'COMPLETED' };
const failed = { status: 'RUN', result: 'COMPLETED', failures: [{ failure: 'x' }] };

test('GoogleTest: skipped and disabled tests are not passed tests', () => {
  const report = gtest(passed, failed, { status: 'RUN', result: 'SKIPPED' }, { status: 'NOTRUN' });
  assert.deepEqual(countGoogleTest(report), { passed: 1, failed: 1, skipped: 2 });
});

test('ctest: a crash without a report and a crash after a green report both fail', () => {
  const dir = mkdtempSync(join(tmpdir(), 'wissel-count-'));
  writeFileSync(
    join(dir, 'junit.xml'),
    `<testcase name="a_test" classname="a" time="1" status="run"/>
     <testcase name="b_test" classname="b" time="1" status="fail"/>
     <testcase name="c_test" classname="c" time="1" status="fail"/>`,
  );
  writeFileSync(join(dir, 'a_test.json'), JSON.stringify(gtest(passed, passed)));
  writeFileSync(join(dir, 'b_test.json'), JSON.stringify(gtest(passed)));
  assert.deepEqual(countCtest(dir), { passed: 3, failed: 2, skipped: 0 });
  rmSync(dir, { recursive: true });
});

test('vitest: sums the projects', () => {
  const text =
    ' Test Files  2 passed (2)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n' +
    '      Tests  3 passed (3)\n';
  assert.deepEqual(countVitest(text), { passed: 14, failed: 1, skipped: 2 });
});

test('TAP: the last summary counts, cancelled is failed', () => {
  const text = '# tests 4\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
  assert.deepEqual(countTap(text), { passed: 1, failed: 2, skipped: 1 });
  assert.deepEqual(countTap('Bail out!\n'), { passed: 0, failed: 1, skipped: 0 });
});

test('last line: must be the last, else it is a failure', () => {
  assert.deepEqual(countLastLine('x\n5 passed, 0 failed, 1 skipped\n'), {
    passed: 5,
    failed: 0,
    skipped: 1,
  });
  assert.deepEqual(countLastLine('5 passed, 0 failed\nSegmentation fault\n'), {
    passed: 0,
    failed: 1,
    skipped: 0,
  });
});
