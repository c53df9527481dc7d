// The rules of the house that a program can check. A rule is {name, check(tree)}; check returns
// {path, line, subject, message} for each violation. `subject` is what an exception may name.

import { basename, dirname } from 'node:path';

import { blocks, parameters, split } from './cpp.mjs';

const isTestHeader = (path) =>
  /^(test|fake)_|_fixture\.h$/.test(basename(path)) || /^(tests|libs\/testing)\//.test(path);
const isTest = (path) =>
  /(_test|_pgtest|_bench|_fuzz)\.cc$|\.test\.[a-z]+$/.test(path) ||
  path.startsWith('tests/') ||
  (path.endsWith('.h') && isTestHeader(path));
const isPublicHeader = (path) => path.endsWith('.h') && !isTestHeader(path);
const isCpp = (path) => /\.(cc|h)$/.test(path);
const isGenerated = (path) => path.includes('/gen/');

const lineCount = (text) => text.replace(/\n$/, '').split('\n').length;
const lineAt = (text, index) => text.slice(0, index).split('\n').length;

function lineBudget(path) {
  if (basename(path) === 'main.cc') return 60;
  if (path.endsWith('.h')) return 200;
  if (isTest(path)) return 600;
  return 400;
}

function fileLength({ files }) {
  return files
    .filter(({ path }) => /\.(cc|h|ts|tsx|mjs|js|css|sql|sh)$/.test(path) && !isGenerated(path))
    .filter(({ path, text }) => lineCount(text) > lineBudget(path))
    .map(({ path, text }) => ({
      path,
      line: 1,
      subject: basename(path),
      message: `has ${lineCount(text)} lines, at most ${lineBudget(path)} fit the budget: split it by purpose`,
    }));
}

// "Decision::Explain", and for a test "RouterTest.FirstMatchWins".
const nameOf = (head) =>
  head.match(/^TEST(?:_F|_P)?\((.*)\)$/s)?.[1].replace(/,\s*/, '.') ??
  head.match(/([\w:~]+)\s*\(/)?.[1] ??
  '?';

function functionLength({ cpp }) {
  return cpp.flatMap(({ path, blocks: found }) =>
    found
      .filter((block) => block.kind === 'function' && block.end - block.start + 1 > 70)
      .map((block) => {
        const subject = nameOf(block.head);
        return {
          path,
          line: block.start,
          subject,
          message: `${subject} has ${block.end - block.start + 1} lines, at most 70 fit the budget`,
        };
      }),
  );
}

// Lines that a header's prose is about: declarations that others use. Not: bodies, private parts,
// and what overrides, which is documented where it is declared (for an RPC, in the contract).
function contractLines(code, found) {
  const lines = code
    .replace(/[^;{}:]*\boverride\b[^;{}]*;/g, (s) => s.replace(/[^\n]/g, ' '))
    .split('\n');
  const blank = (from, to) => lines.fill('', from - 1, to);
  for (const { kind, start, end } of found) {
    const hidden = lines.findIndex(
      (line, i) => i >= start && i < end && /^\s*(private|protected):/.test(line),
    );
    if (kind === 'type' && hidden >= 0) blank(hidden + 1, end);
    if (kind === 'function' && end > start) blank(start + 1, end);
  }
  const scaffold = /^\s*(#.*|public:|namespace.*|[{}]*;?)$/;
  return lines.map((line) => !scaffold.test(line));
}

function headerProse({ cpp }) {
  return cpp
    .filter(({ path }) => isPublicHeader(path))
    .flatMap(({ path, code, commentLines, blocks: found }) => {
      const plain = contractLines(code, found).filter(
        (counts, i) => counts && !commentLines.has(i + 1),
      ).length;
      const share = commentLines.size / (commentLines.size + plain);
      const percent = Math.round(100 * share);
      const message = `${percent} % of this header is prose, at least 25 % is asked: purpose, ownership, threads, each outcome`;
      return share >= 0.25 ? [] : [{ path, line: 1, subject: basename(path), message }];
    });
}

const publicTypes = (found) =>
  found.filter(
    (block) =>
      block.kind === 'type' &&
      /\bclass\s/.test(block.head) &&
      block.outer?.kind !== 'type' &&
      !/namespace\s*$|internal|testing::/.test(block.outer?.head ?? ''),
  );

const typeName = (block) =>
  block.head.match(/\b(?:class|struct)\s+(?:[A-Z_]+\([^)]*\)\s*)?(\w+)/)?.[1] ?? '?';

function oneClass({ cpp }) {
  return cpp
    .filter(({ path }) => isPublicHeader(path))
    .flatMap(({ path, blocks: found }) =>
      publicTypes(found)
        .slice(1)
        .map((block) => ({
          path,
          line: block.start,
          subject: typeName(block),
          message: `class ${typeName(block)} is the second public class of this header: give it its own`,
        })),
    );
}

function collaborators({ cpp }) {
  return cpp
    .filter(({ path }) => path.endsWith('.h'))
    .flatMap(({ path, code, blocks: found }) => {
      const lines = code.split('\n');
      return found
        .filter((block) => block.kind === 'type')
        .flatMap((block) => {
          const name = typeName(block);
          const body = lines.slice(block.start - 1, block.end).join('\n');
          const constructor = new RegExp(
            `(?:^|[;{}:]|explicit)\\s*${name}\\(([^;{}]*?)\\)\\s*(?:noexcept|ABSL_\\w+\\([^)]*\\))?\\s*[;:{]`,
            'g',
          );
          return [...body.matchAll(constructor)]
            .filter(([, list]) => parameters(list).length > 5)
            .map((match) => ({
              path,
              line: block.start + lineAt(body, match.index) - 1,
              subject: name,
              message: `${name} is made of ${parameters(match[1]).length} collaborators, at most 5: it has more than one purpose`,
            }));
        });
    });
}

const sql =
  /^\s*(select|with \w+ as|insert\s+into|delete\s+from|update\s+[\w.]+\s+set|create\s+(table|role|schema|index)|alter\s+table)\b/i;

function sqlPlace({ cpp }) {
  return cpp
    .filter(
      ({ path }) =>
        !/_store\.cc$/.test(path) && !isTest(path) && !/^libs\/(pg|testing)\//.test(path),
    )
    .flatMap(({ path, literals }) =>
      literals
        .filter(({ value }) => sql.test(value))
        .map(({ line, value }) => ({
          path,
          line,
          subject: basename(path),
          message: `SQL ("${value.trim().slice(0, 40)}") belongs in a *_store.cc`,
        })),
    );
}

function libpqPlace({ cpp }) {
  return cpp
    .filter(({ path }) => !path.startsWith('libs/pg/'))
    .flatMap(({ path, code }) =>
      [...code.matchAll(/#\s*include\s*[<"](?:libpq|pqxx\b)/g)].map((match) => ({
        path,
        line: lineAt(code, match.index),
        subject: basename(path),
        message: 'only libs/pg includes libpq and libpqxx',
      })),
    );
}

// {folder: {layer, tests}} as the CMake files tell.
function layersOf({ files }) {
  const layers = new Map();
  for (const { path, text } of files) {
    const call =
      path.endsWith('CMakeLists.txt') && text.match(/^\s*wissel_folder\(([^)]*)\)/m)?.[1];
    const layer = call && call.match(/\bLAYER\s+(\d+)/)?.[1];
    if (layer)
      layers.set(dirname(path), {
        layer: Number(layer),
        tests: call.match(/TEST_LINKS\s+([\w\s]+)/)?.[1] ?? '',
      });
  }
  return layers;
}

function includesDownward(tree) {
  const layers = layersOf(tree);
  const folderOf = (path) => path.split('/').slice(0, 2).join('/');
  return tree.cpp.flatMap(({ path, code }) => {
    const own = folderOf(path);
    return [...code.matchAll(/#\s*include\s*"((?:libs|services)\/[^"]+)"/g)].flatMap((match) => {
      const other = folderOf(match[1]);
      const lower = layers.get(other)?.layer < layers.get(own)?.layer;
      const forTests =
        isTest(path) &&
        (other === 'libs/testing' || layers.get(own)?.tests.split(/\s+/).includes(basename(other)));
      if (other === own || lower || forTests || path.startsWith('tests/')) return [];
      return [
        {
          path,
          line: lineAt(code, match.index),
          subject: match[1],
          message: `${own} (layer ${layers.get(own)?.layer}) may not include ${match[1]} (layer ${layers.get(other)?.layer}): only downward`,
        },
      ];
    });
  });
}

// A folder that holds more is several folders.
const mostFilesInAFolder = 40;

function folderSize({ files }) {
  const counts = new Map();
  for (const { path } of files) {
    if (!/\.(cc|h|ts|tsx|mjs|js)$/.test(path) || isTest(path) || isGenerated(path)) continue;
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > mostFilesInAFolder)
    .map(([path, count]) => ({
      path,
      line: 1,
      subject: basename(path),
      message: `has ${count} files that are not tests, at most ${mostFilesInAFolder}: give each purpose a folder`,
    }));
}

// Folders inside a library or service use each other in one direction only.
function folderCircles({ cpp }) {
  const uses = [];
  for (const { path, code } of cpp) {
    const [root, library, folder, file] = path.split('/');
    if (!file || !/^(libs|services)$/.test(root) || isTest(path)) continue;
    for (const match of code.matchAll(/#\s*include\s*"([^"]+)"/g)) {
      const [otherRoot, otherLibrary, otherFolder, otherFile] = match[1].split('/');
      if (!otherFile || otherRoot !== root || otherLibrary !== library || otherFolder === folder)
        continue;
      uses.push({
        path,
        line: lineAt(code, match.index),
        subject: match[1],
        from: `${root}/${library}/${folder}`,
        to: `${root}/${library}/${otherFolder}`,
      });
    }
  }
  const reaches = (from, to, seen = new Set()) =>
    from === to ||
    uses.some(
      (use) =>
        use.from === from && !seen.has(use.to) && reaches(use.to, to, new Set([...seen, use.to])),
    );
  return uses
    .filter(({ from, to }) => reaches(to, from))
    .map(({ path, line, subject, from, to }) => ({
      path,
      line,
      subject,
      message: `${from} may not include ${subject}: ${to} uses it already`,
    }));
}

// A program of tests/ has flags of its own.
function flagsOnce({ cpp }) {
  const seen = new Map();
  return cpp
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, code }) =>
      [...code.matchAll(/\bABSL_FLAG\(\s*[^,]+,\s*(\w+)/g)].flatMap((match) => {
        const first = seen.get(match[1]);
        if (!first) seen.set(match[1], path);
        return first
          ? [
              {
                path,
                line: lineAt(code, match.index),
                subject: match[1],
                message: `the flag ${match[1]} is declared in ${first} already: one setting, one declaration`,
              },
            ]
          : [];
      }),
    );
}

// Words that may stand nowhere. `where` narrows the files; the pattern sees the raw text.
const script = /\.(mjs|js|ts|tsx)$/;
const banned = [
  ['no-std-regex', isCpp, /std::regex|<regex>/g, 'std::regex can be made to hang: use RE2'],
  [
    'no-process-time-zone',
    isCpp,
    /setenv\(\s*"TZ"/g,
    'the time zone of the process is never switched: use absl::TimeZone',
  ],
  [
    'no-skipped-tests',
    isCpp,
    /GTEST_SKIP|\bDISABLED_/g,
    'a test that cannot run fails; it is not skipped',
  ],
  [
    'no-skipped-tests',
    (path) => script.test(path),
    /\b(it|test|describe)\.(skip|only|todo|fixme)\b|\bskip:\s*true/g,
    'a test that cannot run fails; it is not skipped',
  ],
  [
    'no-unfinished-work',
    () => true,
    /\b(TO\s?DO|FIX\s?ME|XX\s?X)\b/g,
    'finish it, or write an issue',
  ],
  [
    'no-machine-paths',
    () => true,
    /(?<![\w.~-])\/(work|home\/\w+|root|Users)\/[\w.]/g,
    'a path of one machine: write it relative to the checkout',
  ],
];

// Words that once stood for a thing that the field has a term for, or for several things. The word
// in a name or a comment is refused; libs/pg is about to be written anew.
const vocabulary = {
  Committer: 'GroupCommitter',
  'ChannelBook|channel_book|channel book': 'ChannelRegistry',
  'Twins|twins': 'duplicates',
  'Premise|premise': 'precondition',
  'Doorbell|doorbell': 'notification, or ChangeNotifier',
  Harvest: 'ChangedCases',
  'Registrar|registrar': 'ContactForwarder, or RegistrationWriter',
  TeamsOfAct: 'TeamsForAction',
  PasswordLane: 'PasswordExecutor',
  'DecoyHash|decoy': 'DummyHash',
  'Surroundings|surroundings': 'VerificationContext',
  RegionSearch: 'WitnessSearch',
  AtomSet: 'BitSet',
  YamlPlace: 'SourceLocation',
  InForcePtr: 'ActiveSopPtr',
  'Courier|courier': 'TeamAgreementSync',
  'Teller|teller': 'ReplayProgressStream',
  'Scorecard|scorecard': 'BacktestResult',
  OnGone: 'OnClientDisconnect',
  PeerMethod: 'RpcMethod',
  kPatience: 'kTimeout',
  'TwoHouses|HouseFacts': 'TwoTenants, or TeamDirectory',
};
for (const [words, better] of Object.entries(vocabulary))
  banned.push([
    'one-vocabulary',
    (path) => (isCpp(path) || /\.(ts|tsx)$/.test(path)) && !path.startsWith('libs/pg/'),
    new RegExp(`\\b(${words})\\b`, 'g'),
    `say ${better}: one word for one thing`,
  ]);

const bannedRules = [...new Set(banned.map(([name]) => name))].map((name) => ({
  name,
  check: ({ files }) =>
    banned
      .filter((entry) => entry[0] === name)
      .flatMap(([, where, pattern, message]) =>
        files
          .filter(
            ({ path }) => where(path) && !isGenerated(path) && !path.endsWith('package-lock.json'),
          )
          .flatMap(({ path, text }) =>
            [...text.matchAll(pattern)].map((match) => ({
              path,
              line: lineAt(text, match.index),
              subject: match[0].trim(),
              message: `${match[0].trim()}: ${message}`,
            })),
          ),
      ),
}));

function linksResolve({ files }) {
  const paths = new Set(
    files.flatMap(({ path }) =>
      path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/')),
    ),
  );
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].flatMap((match) => {
        const target = new URL(match[1], `file:///${path}`).pathname.slice(1).replace(/\/$/, '');
        return paths.has(decodeURIComponent(target)) || target.startsWith('../') || target === ''
          ? []
          : [
              {
                path,
                line: lineAt(text, match.index),
                subject: match[1],
                message: `there is no ${match[1]}`,
              },
            ];
      }),
    );
}

export const rules = [
  { name: 'file-length', check: fileLength },
  { name: 'function-length', check: functionLength },
  { name: 'header-prose', check: headerProse },
  { name: 'one-class-a-header', check: oneClass },
  { name: 'constructor-collaborators', check: collaborators },
  { name: 'sql-in-stores', check: sqlPlace },
  { name: 'libpq-in-libs-pg', check: libpqPlace },
  { name: 'includes-downward', check: includesDownward },
  { name: 'folder-size', check: folderSize },
  { name: 'no-folder-circles', check: folderCircles },
  { name: 'flags-declared-once', check: flagsOnce },
  { name: 'links-resolve', check: linksResolve },
  ...bannedRules,
];

// files: [{path, text}], text files of the tree.
export function makeTree(files) {
  const cpp = files
    .filter(({ path }) => isCpp(path))
    .map(({ path, text }) => {
      const parts = split(text);
      return { path, ...parts, blocks: blocks(parts.code) };
    });
  return { files, cpp };
}
