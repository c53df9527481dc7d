// Reads what a test runner left and prints one line: "passed failed skipped".
//
//   node count.mjs ctest DIR     DIR holds ctest's junit.xml and a GoogleTest JSON file a program
//   node count.mjs vitest FILE   the text that vitest printed
//   node count.mjs tap FILE      node's test runner, as TAP
//   node count.mjs last FILE     a runner whose last line is "N passed, N failed, N skipped"
//
// What cannot be read counts as one failure: a runner that fell over must never look green.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const failure = () => ({ passed: 0, failed: 1, skipped: 0 });

function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

function sum(tallies) {
  return tallies.reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

export function countGoogleTest(report) {
  const tests = report.testsuites.flatMap((suite) => suite.testsuite);
  const skipped = tests.filter((t) => t.status === 'NOTRUN' || t.result === 'SKIPPED').length;
  const failed = tests.filter((t) => t.failures?.length).length;
  return { passed: tests.length - failed - skipped, failed, skipped };
}

// A program that passed without a report counts as one test. One that failed although its report
// shows no failure (a crash at exit, a leak found by a sanitizer) counts as one failure more.
export function countCtest(dir) {
  const junit = readFileSync(join(dir, 'junit.xml'), 'utf8');
  const programs = [...junit.matchAll(/<testcase name="([^"]+)"[^>]*status="([^"]+)"/g)];
  return sum(
    programs.map(([, name, status]) => {
      const file = join(dir, `${name}.json`);
      if (!existsSync(file))
        return status === 'run' ? { passed: 1, failed: 0, skipped: 0 } : failure();
      const tally = countGoogleTest(JSON.parse(readFileSync(file, 'utf8')));
      return status !== 'run' && tally.failed === 0 ? add(tally, failure()) : tally;
    }),
  );
}

function numberBefore(word, text) {
  return Number(text.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
}

export function countVitest(text) {
  const lines = [...text.matchAll(/^\s*Tests\s+(.*)$/gm)].map(([, line]) => line);
  return sum(
    lines.map((line) => ({
      passed: numberBefore('passed', line),
      failed: numberBefore('failed', line),
      skipped: numberBefore('skipped', line) + numberBefore('todo', line),
    })),
  );
}

export function countTap(text) {
  const last = (word) =>
    Number([...text.matchAll(new RegExp(`^# ${word} (\\d+)$`, 'gm'))].at(-1)?.[1]);
  const tally = {
    passed: last('pass'),
    failed: last('fail') + last('cancelled'),
    skipped: last('skipped') + last('todo'),
  };
  return Object.values(tally).some(Number.isNaN) ? failure() : tally;
}

export function countLastLine(text) {
  const match = text.trimEnd().match(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/);
  if (!match) return failure();
  return { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
}

function count(kind, path) {
  if (kind === 'ctest') return countCtest(path);
  const text = readFileSync(path, 'utf8');
  return { vitest: countVitest, tap: countTap, last: countLastLine }[kind](text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let tally = failure();
  try {
    tally = count(process.argv[2], process.argv[3]);
  } catch (error) {
    console.error(`no result to count: ${error.message}`);
  }
  console.log(`${tally.passed} ${tally.failed} ${tally.skipped}`);
}
