// Every rule finds what is planted for it, and only that; a clean tree passes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { blocks, parameters, split } from './cpp.mjs';
import { tidy } from './tidy.mjs';

const lines = (n, text) => `${text}\n`.repeat(n);

const cmake = (folder, layer) => ({
  path: `${folder}/CMakeLists.txt`,
  text: `wissel_folder(LAYER ${layer} LINKS base)\n`,
});

const clean = [
  cmake('libs/base', 0),
  cmake('libs/pg', 2),
  cmake('services/cases', 9),
  cmake('services/router', 9),
  { path: 'README.md', text: 'See [the plan](docs/plan.md).\n' },
  { path: 'docs/plan.md', text: '# The plan\n' },
  {
    path: 'services/cases/case.h',
    text: `// A case: purpose.
// Thread-safe.
#include "libs/base/clock.h"
#include "services/cases/owner.h"
namespace wissel::cases {
class Clock;
// What it holds.
struct Case { int n = 0; };
class Store {
 public:
  // Does not own them.
  Store(A* a, B* b, std::map<C, D> c, E* e, F* f) : a_{a}, b_{b} {}
  // Answers "select nothing".
  int Find() const;
};
}  // namespace wissel::cases
`,
  },
  {
    path: 'services/cases/case_store.cc',
    text: 'const char kFind[] = R"(select * from cases.case)";\n',
  },
  {
    path: 'services/cases/test_cases.h',
    text: 'class A {\n};\nclass B {\n  int n = Run("select 1");\n};\n',
  },
  {
    path: 'services/cases/case_test.cc',
    text: '#include "libs/base/fake.h"\nTEST(Case, Opens) { Run("delete from x"); }\n',
  },
];

const broken = (...files) =>
  Object.entries(
    tidy([...clean.filter(({ path }) => !files.some((f) => f.path === path)), ...files]),
  )
    .filter(([, violations]) => violations.length > 0)
    .map(([rule]) => rule);

test('a clean tree passes', () => assert.deepEqual(broken(), []));

const prose = '// Why it is there.\n';
// Words that the rules look for are put together here, so that this file is clean itself.
const unfinished = ['TO', 'DO'].join('');
const skip = ['GTEST', 'SKIP'].join('_');

const planted = {
  'file-length': [
    { path: 'libs/base/a.cc', text: lines(401, 'int x;') },
    { path: 'libs/base/a.h', text: lines(201, '// prose') },
    { path: 'libs/base/a_test.cc', text: lines(601, 'int x;') },
    { path: 'services/wissel/main.cc', text: lines(61, 'int x;') },
    { path: 'deploy/local/lib.sh', text: lines(401, 'true') },
  ],
  'function-length': [
    {
      path: 'libs/base/a.cc',
      text: `namespace a {\nvoid Long(int a) {\n${lines(70, '  if (a) { b(); }')}}\n}\n`,
    },
    {
      path: 'libs/base/b.cc',
      text: `A::A(int a)\n    : a_{a},\n      b_{a} {\n${lines(70, '  b();')}}\n`,
    },
    { path: 'libs/base/b_test.cc', text: `TEST_F(A, B) {\n${lines(70, '  b();')}}\n` },
  ],
  'header-prose': [{ path: 'libs/base/a.h', text: `${prose}${lines(4, 'int f();')}` }],
  'one-class-a-header': [
    {
      path: 'libs/base/a.h',
      text: `${lines(8, '// prose')}namespace a {\nclass A {\n};\nclass B final : public A {\n};\n}\n`,
    },
  ],
  'constructor-collaborators': [
    {
      path: 'libs/base/a.h',
      text: `${lines(8, '// prose')}class A {\n public:\n  explicit A(B* b, C* c,\n    D* d, E* e, F* f, G* g);\n};\n`,
    },
  ],
  'sql-in-stores': [
    { path: 'services/cases/case.cc', text: 'const char kX[] = "select 1 from y";\n' },
    {
      path: 'services/cases/b.cc',
      text: 'const char kX[] = R"sql(\n  insert into cases.case values (1))sql";\n',
    },
    { path: 'services/cases/c.cc', text: 'Run("update cases.case set state = 1");\n' },
  ],
  'libpq-in-libs-pg': [
    { path: 'services/cases/case_store.cc', text: '#include <libpq-fe.h>\n' },
    { path: 'libs/testing/a.cc', text: '#include <libpq-events.h>\n' },
    { path: 'libs/testing/b.h', text: '#include <pqxx/connection>\n' },
  ],
  'includes-downward': [
    { path: 'libs/base/a.cc', text: '#include "libs/pg/pool.h"\n' },
    { path: 'services/cases/a.cc', text: '#include "services/router/sop.h"\n' },
    { path: 'services/cases/b.cc', text: '#include "libs/testing/postgres.h"\n' },
  ],
  'flags-declared-once': [
    {
      path: 'libs/base/a.cc',
      text: 'ABSL_FLAG(int, port, 1, "Port.");\nABSL_FLAG(std::string, port, "", "Port.");\n',
    },
  ],
  'links-resolve': [{ path: 'README.md', text: '[gone](docs/gone.md)\n' }],
  'no-std-regex': [{ path: 'libs/base/a.cc', text: `std::${'regex'} r;\n` }],
  'no-process-time-zone': [{ path: 'libs/base/a.cc', text: `set${'env'}("TZ", "UTC", 1);\n` }],
  'no-skipped-tests': [
    { path: 'libs/base/a_test.cc', text: `TEST(A, B) { ${skip}(); }\n` },
    { path: 'services/web/a.test.ts', text: `it.${'skip'}('later', () => {});\n` },
  ],
  'one-vocabulary': [
    { path: 'libs/base/a.cc', text: '// Rings the doorbell.\nint x;\n' },
    { path: 'services/web/a.ts', text: 'class Registrar {}\n' },
  ],
  'no-unfinished-work': [{ path: 'docs/plan.md', text: `${unfinished}: more\n` }],
  'no-machine-paths': [{ path: 'docs/plan.md', text: `Look in /${'home'}/ana/wissel.\n` }],
};

for (const [rule, files] of Object.entries(planted)) {
  for (const file of files)
    test(`${rule}: ${file.path}`, () => assert.deepEqual(broken(file), [rule]));
}

const plantedApart = ['folder-size', 'no-folder-circles'];

test('folder-size: a folder of more than 40 files', () => {
  const many = (count) =>
    Array.from({ length: count }, (_, i) => ({ path: `libs/big/part${i}.cc`, text: 'int x;\n' }));
  assert.deepEqual(broken(...many(40), { path: 'libs/big/part_test.cc', text: 'int x;\n' }), []);
  assert.deepEqual(broken(...many(41)), ['folder-size']);
});

test('no-folder-circles: folders of a service that use each other', () => {
  const a = { path: 'services/cases/a/a.cc', text: '#include "services/cases/b/b.h"\n' };
  const b = { path: 'services/cases/b/b.cc', text: '#include "services/cases/a/a.h"\n' };
  assert.deepEqual(broken(a), []);
  assert.deepEqual(broken(a, b), ['no-folder-circles']);
});

test('every rule has a planted violation', () => {
  const rules = Object.keys(tidy(clean)).filter((name) => name !== 'exceptions-are-needed');
  assert.deepEqual(rules.sort(), [...Object.keys(planted), ...plantedApart].sort());
});

test('an exception needs a reason and a use', () => {
  const file = { path: 'docs/plan.md', text: `${unfinished}: more\n` };
  const files = [...clean.filter(({ path }) => path !== file.path), file];
  const rule = 'no-unfinished-work docs/plan.md';
  assert.deepEqual(tidy(files, `${rule}:${unfinished}  # told so`)['no-unfinished-work'], []);
  assert.equal(tidy(files, `${rule}:OTHER  # told so`)['no-unfinished-work'].length, 1);
  assert.equal(tidy(clean, `${rule}  # told so`)['exceptions-are-needed'].length, 1);
  assert.throws(() => tidy(files, rule), /is not "rule path/);
});

test('C++: comments and literals are told apart', () => {
  const parts = split(
    '// "a"\nint x = \'"\'; char* s = "b // c"; /* d */ auto r = R"(e "f")";\nint n = 1\'000;',
  );
  assert.deepEqual(
    parts.literals.map(({ value }) => value),
    ['b // c', 'e "f"'],
  );
  assert.deepEqual([...parts.commentLines], [1, 2]);
  assert.ok(parts.code.includes("1'000"));
});

test('C++: functions, types and namespaces are told apart', () => {
  const code =
    'namespace a {\nstruct B { int x{0}; int f() { return 1; } };\nenum class E { kA };\n' +
    'const int k[] = {1, 2};\nB::B(int a) : a_{a}, b_(2) {\n  for (;;) {}\n}\n}';
  const found = blocks(code).filter(
    ({ kind, end, start }) => kind !== 'values' && !(kind === 'function' && start > 4 && end < 7),
  );
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['namespace', 'type', 'function', 'function'],
  );
  assert.deepEqual(parameters('std::map<A, B> a, int b'), ['std::map<A, B> a', ' int b']);
});
