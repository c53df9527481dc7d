// What the tests in the browser share. Against a running installation:
//
//   WISSEL_URL       its address (http://localhost:8080)
//   WISSEL_TENANT    municipality (GM9901); WISSEL_PASSWORD of its demo accounts
//   WISSEL_CHROMIUM  the browser (/usr/bin/chromium)

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const url = (process.env.WISSEL_URL ?? 'http://localhost:8080').replace(/\/$/, '');
const tenant = process.env.WISSEL_TENANT ?? 'GM9901';
const password = process.env.WISSEL_PASSWORD ?? 'welkom-bij-wissel';
const executablePath = process.env.WISSEL_CHROMIUM ?? '/usr/bin/chromium';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A browser of its own with a fresh profile, closed when the tests of the file are done. To be called
 * at the top of a file: an `after` inside a hook would run with that hook.
 */
export async function openBrowser(...moreFlags) {
  const profile = mkdtempSync(join(tmpdir(), 'wissel-e2e-'));
  const browser = await chromium.launch({
    executablePath,
    args: [...flags, `--disk-cache-dir=${profile}`, ...moreFlags],
  });
  after(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return browser;
}

/**
 * A colleague at a desk of their own, of a size and with what the device asks for (`colorScheme`,
 * `forcedColors`). The device stands in another zone than Amsterdam on purpose.
 */
export async function openDesk(browser, { width = 1280, height = 900, ...media } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    ...media,
    locale: 'nl-NL',
    timezoneId: 'America/New_York',
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => {
    // A refused call is logged by the browser itself; what the page does with it is tested.
    const ofBrowser = /Failed to load resource|net::ERR/.test(message.text());
    if (message.type() === 'error' && !ofBrowser) page.faults.push(message.text());
  });
  return page;
}

export async function fillSignIn(page, login) {
  await page.getByLabel('Gebruikersnaam').fill(login);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.keyboard.press('Enter');
}

/** A colleague who is signed in, at the page that they start with or at `path`. */
export async function signIn(browser, login, { path = '/', ...size } = {}) {
  const page = await openDesk(browser, size);
  const to = path === '/' ? '' : `&naar=${encodeURIComponent(path)}`;
  await page.goto(`${url}/inloggen?gemeente=${tenant}${to}`);
  await fillSignIn(page, login);
  await page.waitForURL((address) => address.pathname !== '/inloggen');
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

export const isLive = (page) => page.locator('.wissel-live[data-status=live]').waitFor();

/** The whole queue on screen, so that a new case at its end is seen to come. */
export async function showAll(page) {
  const more = page.getByRole('button', { name: 'Meer laden' });
  const rows = page.locator('tr[data-reference]');
  while (await more.isVisible()) {
    const shown = await rows.count();
    await more.click();
    await rows.nth(shown).waitFor();
  }
}

/** A row of the queue. */
export const rowOf = (page, reference) => page.locator(`tr[data-reference="${reference}"]`);

let made = 0;

/** A subject that no other contact has. */
export const newSubject = (what = 'Paspoort voor reis') =>
  `${what} ${process.pid}-${Date.now() % 1e8}-${++made}`;

const tokens = new Map();

/** A call as an integrator makes it: JSON over POST with a bearer token. */
export async function call(login, method, body) {
  const send = (path, request, headers = {}) =>
    fetch(`${url}/wissel.${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(request),
    }).then(async (answer) => ({ status: answer.status, body: await answer.json() }));
  if (!tokens.has(login)) {
    const account = { tenantId: tenant, login, password };
    const { body: answer } = await send('directory.v1.DirectoryService/SignIn', account);
    assert.ok(answer.token, `no token for ${login}: ${JSON.stringify(answer)}`);
    tokens.set(login, answer.token);
  }
  const { status, body: answer } = await send(method, body, {
    Authorization: `Bearer ${tokens.get(login)}`,
  });
  assert.equal(status, 200, `${method}: ${JSON.stringify(answer)}`);
  return answer;
}

export const newKey = () => `e2e-${process.pid}-${Date.now()}-${++made}`;

/** A callback request in the queue of Burgerzaken; its number. */
export async function registerCallback(subject = newSubject(), customer = {}) {
  const { registration } = await call('kim', 'intake.v1.IntakeService/RegisterCallback', {
    idempotencyKey: newKey(),
    customer: { familyName: 'Proef', phone: '0612345678', email: 'proef@post.example', ...customer },
    question: { subject, text: 'Wanneer is het klaar?', topicId: 'paspoort' },
  });
  assert.equal(registration.teamId, 'burgerzaken');
  return registration.reference;
}

export const claim = (login, reference) =>
  call(login, 'cases.v1.CaseService/ClaimCase', { idempotencyKey: newKey(), reference });

/** Chooses the first topic that is offered for `typed`. */
export async function chooseTopic(page, typed) {
  await page.getByRole('combobox', { name: 'Thema' }).fill(typed);
  const offered = page.getByRole('listbox', { name: 'Thema' }).getByRole('option');
  await offered.first().waitFor();
  await page.keyboard.press('Enter');
}

/** Fills in the least that a callback request needs. */
export async function fillCallback(page, subject) {
  await page.keyboard.press('F2');
  await chooseTopic(page, 'paspoort');
  await page.getByLabel('Onderwerp').fill(subject);
  await page.getByLabel('Telefoonnummer').fill('06 12345678');
  await page.getByLabel('E-mailadres').fill('proef@post.example');
  await page.getByLabel('Achternaam').fill('Proef');
}

/** The number on the page that follows a registration. */
export async function registeredNumber(page) {
  const number = page.locator('[data-reference].wissel-registered__number');
  await number.waitFor();
  return number.getAttribute('data-reference');
}

/** No violation of WCAG 2.0 to 2.2, A and AA, that axe can see; headings in order. */
export async function assertAccessible(page, state) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const rules = { 'heading-order': { enabled: true }, 'page-has-heading-one': { enabled: true } };
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type: 'tag', values: tags }, rules })
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((n) => `    ${n.html}`).join('\n')}`,
  );
  assert.deepEqual(told, [], `${state} is not accessible`);
}

/** Nothing to scroll sideways for. */
export async function assertReflows(page, state) {
  const { wide, inner } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    inner: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= inner, `${state} is ${wide} px wide on a screen of ${inner} px`);
}

export function assertNoFaults(...pages) {
  for (const page of pages) assert.deepEqual(page.faults, []);
}
