// Style that matters is a test. Checks the whole tree against rules.mjs, less exceptions.txt.
//   node tests/tidy/tidy.mjs [ROOT]

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { makeTree, rules } from './rules.mjs';

// Files that git knows or would take: what is ignored is nobody's style. Of a picture only the path.
function readFiles(root) {
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return list
    .split('\0')
    .filter((path) => path && existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .map(({ path, text }) => ({ path, text: text.includes('\0') ? '' : text }));
}

// A line is "rule path[:subject]  # reason". The reason must be there.
export function readExceptions(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const match = line.match(/^(\S+)\s+([^\s:]+)(?::(\S+))?\s+#\s*(\S.*)$/);
      if (!match)
        throw new Error(`exceptions.txt: "${line}" is not "rule path[:subject]  # reason"`);
      return { rule: match[1], path: match[2], subject: match[3], used: false };
    });
}

function excepted(exceptions, rule, violation) {
  const found = exceptions.find(
    (e) =>
      e.rule === rule &&
      e.path === violation.path &&
      (!e.subject || e.subject === violation.subject),
  );
  if (found) found.used = true;
  return found !== undefined;
}

// {rule name: [violation]}, with one more name for exceptions that except nothing.
export function tidy(files, exceptionsText = '') {
  const tree = makeTree(files);
  const exceptions = readExceptions(exceptionsText);
  const result = {};
  for (const { name, check } of rules) {
    result[name] = check(tree).filter((violation) => !excepted(exceptions, name, violation));
  }
  result['exceptions-are-needed'] = exceptions
    .filter((e) => !e.used)
    .map((e) => ({
      path: 'tests/tidy/exceptions.txt',
      line: 1,
      subject: e.path,
      message: `${e.rule} ${e.path} excepts nothing any more: remove it`,
    }));
  return result;
}

function main(root) {
  const exceptions = join(root, 'tests/tidy/exceptions.txt');
  const result = tidy(
    readFiles(root),
    existsSync(exceptions) ? readFileSync(exceptions, 'utf8') : '',
  );
  let failed = 0;
  for (const [rule, violations] of Object.entries(result)) {
    if (violations.length > 0) ++failed;
    for (const { path, line, message } of violations)
      console.log(`${path}:${line}: ${rule}: ${message}`);
  }
  console.log(`${Object.keys(result).length - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(main(resolve(process.argv[2] ?? join(fileURLToPath(import.meta.url), '../../..'))));
}
