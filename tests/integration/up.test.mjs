// What the README promises of deploy/local/up and down: an installation beside another one, that
// keeps its data until it is told not to.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const other = process.env.WISSEL_URL;
const run = promisify(execFile);
const state = `${root}/.wissel/up-test-${process.pid}`;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
const port = await freePort();
const url = `http://localhost:${port}`;

const local = (command, ...more) =>
  run(`${root}/deploy/local/${command}`, ['--port', String(port), '--state', state, ...more]);
const answers = async (address) => (await fetch(`${address}/readyz`).catch(() => null))?.ok === true;

async function call(method, request, token) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify(request);
  const answer = await fetch(`${url}/wissel.${method}`, { method: 'POST', headers, body });
  return { status: answer.status, ...(await answer.json()) };
}

async function signIn(login = 'kim', password = 'welkom-bij-wissel') {
  const demo = { tenantId: 'GM9901', login, password };
  const { token } = await call('directory.v1.DirectoryService/SignIn', demo);
  assert.ok(token, `${login} of the demo can sign in`);
  return token;
}

/** All cases of the demo municipality, as the manager reads them. */
async function casesInFigures() {
  const figures = await call('insight.v1.InsightService/GetFigures', {}, await signIn('max'));
  assert.equal(figures.status, 200);
  return Number(figures.total.received);
}

const statusOf = async (reference) =>
  (await call('cases.v1.CaseService/GetCase', { reference }, await signIn())).status;

after(() => local('down', '--delete'));

test('up keeps what is there, --reset empties, down stops; the one beside it serves on', async () => {
  const { stdout } = await local('up');
  assert.match(stdout, new RegExp(`answers on\\s+${url}`));
  assert.match(stdout, /kim\s+KCC agent/);
  const cases = await casesInFigures();
  assert.ok(cases > 40_000, 'thirteen months lie behind the demo municipality');
  const request = {
    idempotencyKey: `up-${randomUUID()}`,
    customer: { familyName: 'Toetssteen', phone: '06 12345678' },
    question: { subject: 'Paspoort', topicId: 'paspoort' },
  };
  const made = await call('intake.v1.IntakeService/RegisterCallback', request, await signIn());
  const { reference } = made.registration;
  assert.equal(await statusOf(reference), 200);
  const session = await signIn();
  const ownPassword = { login: 'bas', displayName: 'Bas', password: 'not the published one' };
  Object.assign(ownPassword, { roles: ['ROLE_TEAM_LEAD'], teamIds: ['parkeren'] });
  const put = 'directory.v1.DirectoryService/PutAccount';
  assert.equal((await call(put, ownPassword, await signIn('fenna'))).status, 200);

  await local('up');
  assert.equal(await statusOf(reference), 200, 'while it runs');
  assert.equal(await casesInFigures(), cases + 1, 'the past is made up once');
  await local('down');
  assert.equal(await answers(url), false);
  assert.equal(await answers(other), true);
  await local('up');
  assert.equal(await statusOf(reference), 200, 'after it was stopped');
  const who = await call('directory.v1.DirectoryService/GetSession', {}, session);
  assert.equal(who.status, 200, 'who was signed in still is');
  const bas = await call('directory.v1.DirectoryService/GetSession', {},
    await signIn('bas', ownPassword.password));
  assert.deepEqual(bas.session.teamIds, ['parkeren'], 'what people changed stays');
  await local('up', '--reset', '--empty');
  assert.equal(await statusOf(reference), 404);
  assert.ok((await casesInFigures()) < 50, '--empty leaves the past out');
  assert.equal(await answers(other), true);
});

// Every file and folder below `folder` that others than its owner can read or write.
async function openToOthers(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { mode } = await stat(path);
    if (mode & 0o077) found.push(`${path} ${(mode & 0o777).toString(8)}`);
    if (entry.isDirectory()) found.push(...(await openToOthers(path)));
  }
  return found;
}

test('(B14) what an installation writes is for its owner only', async () => {
  await local('up');
  await signIn();
  assert.deepEqual(await openToOthers(state), []);
  assert.equal((await stat(state)).mode & 0o066, 0);
  const log = await readFile(`${state}/log/wissel.log`, 'utf8');
  assert.match(log, /"event":"serving"/);
  const probes = log.match(/"probe_port":"(\d+)"/g).pop().match(/\d+/)[0];
  assert.match(await (await fetch(`http://127.0.0.1:${probes}/metrics`)).text(), /wissel_/);
  assert.equal((await fetch(`${url}/metrics`)).status, 404);
});

// As root a checkout below /root is out of reach for `postgres`; and the folder that takes its place
// may not be there yet, or be closed since an earlier version made it under the umask of `up`.
for (const earlier of ['not there', 'closed']) {
  test(`postgres reaches its cluster where ${earlier} is what stood below /var/lib`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wissel-home-'));
    await chmod(folder, 0o711);
    await mkdir(`${folder}/hidden/state`, { recursive: true });
    await chmod(`${folder}/hidden`, 0o700);
    if (earlier === 'closed') await mkdir(`${folder}/below`, { mode: 0o700 });
    const { stdout } = await run('bash', ['-ec', `
      . "$1/deploy/local/lib.sh"; . "$1/deploy/local/postgres.sh"
      homes_below=$2/below state=$2/hidden/state
      umask 077
      home=$(pg_home)
      as_db touch "$home/reached"
      echo "$home"`, 'bash', root, folder]);
    const home = process.getuid() === 0 ? `${folder}/below/` : `${folder}/hidden/state/pg`;
    assert.ok(stdout.startsWith(home), stdout);
    await rm(folder, { recursive: true });
  });
}

test('a port that is taken is said, with the way out', async () => {
  const taken = String(new URL(other).port);
  const elsewhere = ['--port', taken, '--state', `${state}-taken`];
  const refused = await run(`${root}/deploy/local/up`, elsewhere).catch((error) => error);
  await run(`${root}/deploy/local/down`, [...elsewhere, '--delete']);
  assert.notEqual(refused.code ?? 0, 0);
  assert.match(refused.stderr, new RegExp(`port ${taken} is in use.*--port`));
});

test('scripts and styles of the workspace go out compressed', async () => {
  const page = await (await fetch(other)).text();
  const paths = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]);
  assert.ok(paths.length >= 2, 'the page names a script and a style');
  for (const path of paths) {
    const [plain, compressed] = await Promise.all(
      ['identity', 'gzip'].map((coding) =>
        fetch(other + path, { headers: { 'accept-encoding': coding } }),
      ),
    );
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal(compressed.headers.get('content-encoding'), 'gzip', path);
    assert.equal(await compressed.text(), await plain.text());
  }
});
