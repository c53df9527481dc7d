// Prints which files took a build longest, from the log that Ninja keeps. Only a build from nothing,
// with no ccache and nothing beside it, says something: the times are those on the clock.
//
//   node tests/lib/slowest-files.mjs [COUNT] [LOG]
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';

const [count = '10', log = 'build/release/.ninja_log'] = argv.slice(2);

/** Seconds by output; of a file that was built several times, the last. */
export function secondsByFile(text) {
  const seconds = new Map();
  for (const line of text.split('\n').slice(1)) {
    const [begin, end, , output] = line.split('\t');
    if (output?.endsWith('.o')) seconds.set(output, (Number(end) - Number(begin)) / 1000);
  }
  return [...seconds].sort((a, b) => b[1] - a[1]);
}

if (argv[1] === new URL(import.meta.url).pathname) {
  const all = secondsByFile(readFileSync(log, 'utf8'));
  for (const [output, seconds] of all.slice(0, Number(count))) {
    console.log(`${seconds.toFixed(1).padStart(6)} s  ${output.replace(/CMakeFiles\/[^/]*\//, '')}`);
  }
  const total = all.reduce((sum, [, seconds]) => sum + seconds, 0);
  console.log(`${total.toFixed(0).padStart(6)} s  all ${all.length} files`);
}
