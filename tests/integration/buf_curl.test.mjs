// The same methods through both doors with somebody else's client: buf curl over Connect at the
// gateway and over gRPC at its port, with the contracts of proto/ or with what the server reflects.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const buf = `${root}/services/web/node_modules/.bin/buf`;
const doors = { connect: process.env.WISSEL_URL, grpc: process.env.WISSEL_GRPC_URL };
const run = promisify(execFile);

let token = '';

// Resolves to the answer; rejects with the error that buf prints, as an object.
async function call(protocol, method, request, schema = ['--schema', `${root}/proto`]) {
  const more = token === '' ? [] : ['--header', `Authorization: Bearer ${token}`];
  try {
    const { stdout } = await run(buf, [
      'curl', '--protocol', protocol, ...schema, ...more, '--data', JSON.stringify(request),
      `${doors[protocol]}/${method}`,
    ]);
    return JSON.parse(stdout);
  } catch (error) {
    if (!error.stderr?.startsWith('{')) throw error;
    throw Object.assign(new Error('refused'), JSON.parse(error.stderr));
  }
}

before(async () => {
  assert.ok(doors.connect && doors.grpc, 'WISSEL_URL and WISSEL_GRPC_URL name the two doors');
  const session = await call('connect', 'wissel.directory.v1.DirectoryService/SignIn', {
    tenantId: 'GM9901',
    login: 'kim',
    password: 'welkom-bij-wissel',
  });
  token = session.token;
});

test('a contact that came in by one door is the same one by the other', async () => {
  const request = {
    idempotencyKey: `buf-${randomUUID()}`,
    customer: { familyName: 'Toetssteen', phone: '06 12345678' },
    question: { subject: 'Paspoort ligt nog niet klaar', topicId: 'paspoort' },
  };
  const method = 'wissel.intake.v1.IntakeService/RegisterCallback';
  const first = (await call('connect', method, request)).registration;
  const again = (await call('grpc', method, request)).registration;
  assert.equal(first.teamId, 'burgerzaken');
  assert.equal(again.reference, first.reference);
  assert.equal(again.repeated, true);

  const look = { reference: first.reference };
  const byConnect = await call('connect', 'wissel.cases.v1.CaseService/GetCase', look);
  const byGrpc = await call('grpc', 'wissel.cases.v1.CaseService/GetCase', look);
  assert.deepEqual(byGrpc, byConnect);
});

test('what the server reflects is enough to call it', async () => {
  const reflected = ['--http2-prior-knowledge'];
  const answer = await call('grpc', 'wissel.directory.v1.DirectoryService/GetSession', {}, reflected);
  assert.equal(answer.session.displayName, 'Kim Jansen');
});

test('an error carries its reason and field through both doors', async () => {
  const errors = [];
  for (const protocol of Object.keys(doors)) {
    const error = await call(protocol, 'wissel.cases.v1.CaseService/ListQueue', {}).then(
      () => assert.fail('an empty request was taken'),
      (refused) => refused,
    );
    assert.equal(error.code, 'invalid_argument');
    const detail = Buffer.from(error.details[0].value, 'base64').toString();
    assert.match(detail, /required/);
    assert.match(detail, /team_id/);
    errors.push({ code: error.code, value: error.details[0].value });
  }
  assert.deepEqual(errors[0], errors[1]);
});
