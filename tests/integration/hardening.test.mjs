// The installed binary is built so that a fault in memory ends the process: what the compiler and the
// linker were asked for is really in the file.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const binary = process.env.WISSEL_BIN;

const output = (command, ...more) =>
  execFileSync(command, [...more, binary], { encoding: 'utf8', maxBuffer: 1 << 30 });

test('the binary is position independent and its tables are read-only after the start', () => {
  const header = output('readelf', '-hldW');
  assert.match(header, /Type:\s+DYN/);
  assert.match(header, /FLAGS_1.*\bPIE\b/);
  assert.match(header, /GNU_RELRO/);
  assert.match(header, /FLAGS.*\bNOW\b/);
});

test('its stack is not executable', () => {
  const stack = output('readelf', '-lW').match(/GNU_STACK.*/)[0];
  assert.match(stack, / RW /, stack);
});

test('stack protector and checked functions of the C library are in use', () => {
  const symbols = output('nm', '-D');
  assert.match(symbols, /__stack_chk_fail/);
  assert.match(symbols, /__(memcpy|snprintf|vsnprintf|read|memmove)_chk/);
});

test('functions begin with a mark for indirect calls', { skip: process.arch !== 'x64' }, () => {
  // main is compiled from this repository; what Debian's static libraries bring does not count.
  const start = BigInt(`0x${output('nm').match(/^(\w+) [tT] main$/m)[1]}`);
  assert.match(output('objdump', '-d', `--start-address=${start}`, `--stop-address=${start + 4n}`), /endbr64/);
});
