// The whole of the work without a mouse: only keys, and the focus is always in sight.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNoFaults,
  call,
  claim,
  fillSignIn,
  isLive,
  newSubject,
  openBrowser,
  openDesk,
  registerCallback,
  registeredNumber,
  showAll,
  url,
} from './support.mjs';

const options = { timeout: 180_000 };
const browser = await openBrowser();

/**
 * What has the focus: its name, and whether a person can see that it has it. A heading that the page
 * itself puts the focus on is no stop of the keyboard and needs no ring.
 */
const look = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: '', seen: true };
    const label = element.labels?.[0]?.innerText ?? element.getAttribute('aria-label');
    const name = (label ?? element.innerText).trim();
    if (element.tabIndex < 0) return { name, seen: true };
    const { top, left, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2);
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const uncovered = over !== null && (element.contains(over) || over.contains(element));
    return { name, seen: ring && uncovered };
  });

/** The same, once the browser has scrolled to it. */
async function focused(page) {
  let found = await look(page);
  for (let tries = 0; tries < 20 && !found.seen; tries++) {
    await page.waitForTimeout(50);
    found = await look(page);
  }
  return found;
}

/** Tabs on until the focus is on what is wanted; each stop on the way must be visible. */
async function tabTo(page, wanted, key = 'Tab') {
  const passed = [];
  for (let step = 0; step < 80; step++) {
    const { name, seen } = await focused(page);
    assert.ok(seen, `the focus cannot be seen on "${name}"`);
    if (wanted.test(name)) return;
    passed.push(name);
    await page.keyboard.press(key);
  }
  assert.fail(`${wanted} is not reached; passed: ${passed.join(' | ')}`);
}

async function signInByKeyboard(login) {
  const page = await openDesk(browser);
  await page.goto(`${url}/inloggen?gemeente=GM9901`);
  await page.getByLabel('Gebruikersnaam').waitFor();
  await tabTo(page, /^Gebruikersnaam/);
  await fillSignIn(page, login);
  await page.waitForURL((address) => address.pathname !== '/inloggen');
  return page;
}

async function write(page, label, text) {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

test('register, go to the queue, claim and answer with keys only', options, async () => {
  const kcc = await signInByKeyboard('kim');
  const subject = newSubject();
  await kcc.getByRole('heading', { name: 'Contact registreren' }).waitFor();
  assert.match((await focused(kcc)).name, /^Thema/, 'the first field has the focus');
  await kcc.keyboard.type('paspo');
  await kcc.keyboard.press('ArrowDown');
  await kcc.keyboard.press('ArrowUp');
  await kcc.keyboard.press('Enter');
  await write(kcc, /^Onderwerp/, subject);
  await write(kcc, /^Telefoonnummer/, '06 12345678');
  await write(kcc, /^Achternaam/, 'Proef');
  // As the decision proposes for a question over the phone.
  await tabTo(kcc, /^Direct afgehandeld/);
  await kcc.keyboard.press('ArrowLeft');
  assert.ok(await kcc.getByLabel('Terugbelverzoek').isChecked());
  await kcc.keyboard.press('F4');
  assert.ok(await kcc.getByLabel('Direct afgehandeld').isChecked());
  await kcc.keyboard.press('F2');
  await kcc.keyboard.press('Control+Enter');
  const reference = await registeredNumber(kcc);
  assert.equal((await focused(kcc)).name, 'Volgende registreren');
  await kcc.keyboard.press('Enter');
  await kcc.getByRole('heading', { name: 'Contact registreren' }).waitFor();
  assert.match((await focused(kcc)).name, /^Thema/, 'ready for the next');
  await kcc.keyboard.press('F9');
  await isLive(kcc);

  const team = await signInByKeyboard('bas');
  await isLive(team);
  await tabTo(team, /^\d[\d ]+$/);
  const places = await team.locator('tr[data-reference]').evaluateAll(
    (rows, wanted) => rows.findIndex((row) => row.dataset.reference === wanted),
    reference,
  );
  if (places >= 0) {
    for (let step = 0; step < places; step++) await team.keyboard.press('ArrowDown');
    await team.keyboard.press('Enter');
  } else {
    // Further down than the first page: by its number.
    await tabTo(team, /^Zaaknummer/, 'Shift+Tab');
    await team.keyboard.type(reference);
    await team.keyboard.press('Enter');
  }
  await team.getByRole('heading', { name: new RegExp(subject) }).waitFor();
  await tabTo(team, /^Oppakken/);
  await team.keyboard.press('Enter');
  await team.getByText('U heeft de zaak in behandeling.').first().waitFor();
  await tabTo(team, /^Beantwoorden/);
  await team.keyboard.press('Enter');
  await team.getByLabel('Antwoord aan de klant').waitFor();
  assert.match((await focused(team)).name, /^Antwoord aan de klant/);
  await team.keyboard.type('Het ligt klaar.');
  await team.keyboard.press('Control+Enter');
  await team.getByText('De zaak is beantwoord en gesloten.').first().waitFor();
  assert.equal((await focused(team)).name, 'Wat gaat u doen?');
  assertNoFaults(kcc, team);
});

test('a topic that is typed before the list has come is chosen when it has', options, async () => {
  const page = await openDesk(browser);
  let send;
  const sent = new Promise((resolve) => (send = resolve));
  await page.route('**/ListTopics', async (route) => {
    await sent;
    await route.continue();
  });
  await page.goto(`${url}/registreren`);
  await fillSignIn(page, 'kim');
  const topic = page.getByRole('combobox', { name: 'Thema' });
  await topic.fill('paspoort');
  await page.getByText('De lijst wordt geladen.').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kwijt');
  assert.equal(await topic.inputValue(), 'paspoort');
  send();
  await page.getByText('Zelf beantwoorden').waitFor();
  assert.equal(await topic.inputValue(), 'Paspoort');
  assert.equal(await page.getByLabel('Onderwerp').inputValue(), 'Kwijt');
  assertNoFaults(page);
});

test('an open question that comes in above it leaves the focus in sight', options, async () => {
  const phone = '0687654321';
  await registerCallback(newSubject(), { phone });
  const page = await signInByKeyboard('kim');
  await page.setViewportSize({ width: 1280, height: 460 });
  let send;
  const sent = new Promise((resolve) => (send = resolve));
  await page.route('**/FindOpenQuestions', async (route) => {
    await sent;
    await route.continue();
  });
  await page.keyboard.type('paspoort');
  await page.keyboard.press('Enter');
  await write(page, /^Telefoonnummer/, phone);
  await tabTo(page, /^Antwoord invullen/);
  send();
  await page.getByRole('heading', { name: /^Deze klant heeft al/ }).waitFor();
  assert.deepEqual(await focused(page), { name: 'Antwoord invullen', seen: true });
  assertNoFaults(page);
});

test('the skip link leads past the header', options, async () => {
  const page = await signInByKeyboard('max');
  await page.locator('.wissel-dashboard').waitFor();
  await page.reload();
  await page.locator('.wissel-dashboard').waitFor();
  await page.keyboard.press('Tab');
  assert.deepEqual(await focused(page), { name: 'Naar de inhoud', seen: true });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  assert.ok(inside, 'the next stop is in the content');
  await tabTo(page, /op tijd|Op tijd/);
});

test('every stop on every screen can be seen', options, async () => {
  const page = await signInByKeyboard('kim');
  const paths = [
    '/registreren',
    '/werkvoorraad/burgerzaken',
    '/werkafspraken',
    '/werkafspraken/proberen',
    '/werkafspraken/verkeerd-doorgezet',
  ];
  for (const path of paths) {
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // What comes in above would push the focus out of sight.
    if (path.startsWith('/werkvoorraad')) await isLive(page);
    await page.waitForTimeout(500);
    await page.evaluate(() => document.activeElement?.blur());
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('Tab');
      const { name, seen } = await focused(page);
      assert.ok(seen, `${path}: the focus cannot be seen on "${name}"`);
    }
  }
});

test('the list keeps the focus when its row leaves', options, async () => {
  const first = await registerCallback();
  await registerCallback();
  const page = await signInByKeyboard('bas');
  await isLive(page);
  const link = page.locator(`tr[data-reference="${first}"] [data-row-link]`);
  await showAll(page);
  await link.focus();
  await claim('lea', first);
  await call('lea', 'cases.v1.CaseService/AnswerCase', {
    idempotencyKey: `e2e-focus-${first}`,
    reference: first,
    text: 'Klaar.',
  });
  await link.waitFor({ state: 'detached' });
  const row = await page.evaluate(() => document.activeElement?.closest('tr')?.dataset.reference);
  assert.ok(row, 'a row has the focus');
});
