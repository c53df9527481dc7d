// Builds a copy of the tree, then for each mutant: plants it, builds the test program that should see
// it, and runs that. A mutant is killed when the program fails, and survives when it passes. The tests
// run once without any mutant first, so that a test that always fails kills nothing.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { mutants } from './mutants.mjs';
import { plant } from './plant.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = join(root, 'build/mutants');
const build = join(copy, 'build/release');

// A mutant may make a program wait for ever.
const secondsMax = 300;

const lines = (text) => text.split('\0').filter(Boolean);

// Files that are the same already keep their time, so that only what changed is built again.
function copyTree() {
  const list = execFileSync(
    'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  const wanted = lines(list).filter((path) => existsSync(join(root, path)));
  for (const path of wanted) {
    const text = readFileSync(join(root, path));
    const target = join(copy, path);
    if (existsSync(target) && readFileSync(target).equals(text)) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  removeLeftovers(new Set(wanted));
}

// What is no longer in the tree would still be compiled.
function removeLeftovers(wanted) {
  const present = execFileSync('find', ['.', '-path', './build', '-prune', '-o', '-type', 'f', '-print0'],
    { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 26 });
  for (const path of lines(present).map((name) => name.replace(/^\.\//, ''))) {
    if (!wanted.has(path)) rmSync(join(copy, path));
  }
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
}

const builds = (programs) => run('ninja', ['-C', build, ...programs]);

function passes({ program, filter }) {
  const path = run('find', [build, '-name', program, '-type', 'f']).stdout.trim();
  const result = run(path, [`--gtest_filter=${filter}`, '--gtest_brief=1'], { timeout: secondsMax * 1000 });
  if (/\b0 tests from 0 test suites ran/.test(result.stdout)) {
    throw new Error(`${program} has no test ${filter}`);
  }
  return result.status === 0;
}

const die = (sentence, output = '') => {
  console.error(`${output}tests/mutants/run: ${sentence}`);
  process.exit(1);
};

function prepare(chosen) {
  copyTree();
  const configured = run('cmake', ['--preset', 'release']);
  if (configured.status !== 0) die('CMake could not configure the copy.', configured.stderr);
  const built = builds([...new Set(chosen.map(({ program }) => program))]);
  if (built.status !== 0) die('the copy does not build without a mutant.', built.stdout);
  const tests = new Map(chosen.map((mutant) => [`${mutant.program} ${mutant.filter}`, mutant]));
  for (const [name, mutant] of tests) {
    if (!passes(mutant)) die(`${name} fails without any mutant, so it would prove nothing.`);
  }
}

// "killed", "SURVIVED" or "DOES NOT BUILD": the last one is a fault of the list.
function judge(mutant) {
  const path = join(copy, mutant.file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(path, plant(original, mutant));
  try {
    if (builds([mutant.program]).status !== 0) return 'DOES NOT BUILD';
    return passes(mutant) ? 'SURVIVED' : 'killed';
  } finally {
    writeFileSync(path, original);
  }
}

function choose(args) {
  if (args.length === 0) return mutants;
  if (args.length !== 2 || args[0] !== '--only') die('usage: tests/mutants/run [--only TEXT]');
  const chosen = mutants.filter(({ area, name }) => `${area}: ${name}`.includes(args[1]));
  return chosen.length > 0 ? chosen : die(`no mutant's area or name holds '${args[1]}'.`);
}

const chosen = choose(process.argv.slice(2));
prepare(chosen);
let killed = 0;
for (const mutant of chosen) {
  const verdict = judge(mutant);
  if (verdict === 'killed') killed += 1;
  console.log(`${verdict.padEnd(14)}  ${mutant.area}: ${mutant.name}`);
}
console.log(`${killed} passed, ${chosen.length - killed} failed`);
process.exit(killed === chosen.length ? 0 : 1);
