// The reference of bench_sop_bench: zen-engine on the same rules and contacts.
//
//   node zen.mjs FOLDER RULES CONTACTS
//
// Reads FOLDER/rules-RULES.json and the first CONTACTS of FOLDER/contacts.json, evaluates them one
// after the other on one thread, and writes FOLDER/zen-RULES.txt: a line with milliseconds to
// compile, decisions a second, and p50 and p99 in nanoseconds; then the team of each contact.
// Decisions a second are of contacts handed over 64 at a time, so that waiting for a promise does
// not count; p50 and p99 are of one at a time.

import { readFileSync, writeFileSync } from 'node:fs';
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';

const HANDED_OVER = 64;
const MOST_TIMED_ALONE = 5000;

const [folder, rules, most] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));

// A decision table that takes the first row that fits.
function table(rows) {
  const column = (field) => ({ id: field, name: field, field });
  const same = (value) => (value ? JSON.stringify(value) : '');
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      {
        id: 'table',
        name: 'table',
        type: 'decisionTableNode',
        position: { x: 0, y: 0 },
        content: {
          hitPolicy: 'first',
          inputs: ['channel', 'topic', 'text', 'municipality'].map(column),
          outputs: [column('team')],
          rules: rows.map((row, place) => ({
            _id: `${place}`,
            channel: same(row.channel),
            topic: same(row.topic),
            text: row.keyword ? `contains($, ${JSON.stringify(row.keyword)})` : '',
            municipality: same(row.municipality),
            team: JSON.stringify(row.team),
          })),
        },
      },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  };
}

const now = () => process.hrtime.bigint();
const content = Buffer.from(JSON.stringify(table(read(`rules-${rules}`))));
const contacts = read('contacts').slice(0, Number(most));

const compiling = now();
const decision = new ZenEngine().createDecision(new ZenDecisionContent(content));
const compileMs = Number(now() - compiling) / 1e6;

const teams = [];
const begin = now();
for (let i = 0; i < contacts.length; i += HANDED_OVER) {
  const batch = contacts.slice(i, i + HANDED_OVER).map((contact) => decision.evaluate(contact));
  for (const { result } of await Promise.all(batch)) teams.push(result.team);
}
const perSecond = contacts.length / (Number(now() - begin) / 1e9);

const times = [];
for (const contact of contacts.slice(0, MOST_TIMED_ALONE)) {
  const before = now();
  await decision.evaluate(contact);
  times.push(Number(now() - before));
}
times.sort((a, b) => a - b);
const share = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];

const figures = [compileMs, perSecond, share(0.5), share(0.99)].join(' ');
writeFileSync(`${folder}/zen-${rules}.txt`, `${figures}\n${teams.join('\n')}\n`);
