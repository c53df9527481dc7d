// Work at a case and in the queue: what was typed stays, a colleague's case is taken over, what came
// back is marked, and what cannot be shown is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertAccessible,
  assertNoFaults,
  assertReflows,
  call,
  claim,
  fillSignIn,
  isLive,
  newKey,
  newSubject,
  openBrowser,
  openDesk,
  registerCallback,
  rowOf,
  showAll,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 180_000 };
const browser = await openBrowser();
const focused = (page) => page.evaluate(() => document.activeElement?.innerText ?? '');
const refusing = (status, code) => (route) =>
  route.fulfill({
    status,
    contentType: 'application/json',
    body: JSON.stringify({ code, message: 'no' }),
  });

test('an answer that was typed outlives Esc, another action, another page and a reload', options, async () => {
  const reference = await registerCallback();
  const page = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  const answer = page.getByLabel('Antwoord aan de klant');
  const begin = () => page.getByRole('button', { name: /^Beantwoorden/ }).click();
  const assertKept = async (text) => {
    assert.equal(await answer.inputValue(), text);
    await page.getByText('Dit heeft u eerder getypt.').waitFor();
  };
  await begin();
  await answer.fill('Uw paspoort ligt');
  await page.keyboard.press('Escape');
  assert.match(await focused(page), /^Beantwoorden/, 'back on the button');
  await page.getByText('begonnen').waitFor();
  await assertAccessible(page, 'case, an answer begun');
  await begin();
  await assertKept('Uw paspoort ligt');
  await page.getByRole('button', { name: 'Belpoging' }).click();
  await page.getByLabel('Notitie').fill('Voicemail.');
  await begin();
  await assertKept('Uw paspoort ligt');
  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: /Werkvoorraad/ }).waitFor();
  await page.goBack();
  await begin();
  await assertKept('Uw paspoort ligt');
  await page.reload();
  await begin();
  await assertKept('Uw paspoort ligt');
  await page.getByRole('button', { name: 'Belpoging' }).click();
  assert.equal(await page.getByLabel('Notitie').inputValue(), 'Voicemail.', 'each action its own');
  await begin();
  await answer.fill('Uw paspoort ligt klaar.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('De zaak is beantwoord en gesloten.').first().waitFor();
  const other = await registerCallback();
  await page.goto(`${url}/zaak/${other}`);
  await begin();
  assert.equal(await answer.inputValue(), '', 'each case its own');
  assertNoFaults(page);
});

test('a colleague takes over with a reason, and the history tells', options, async () => {
  const reference = await registerCallback();
  await claim('lea', reference);
  const page = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  await page.getByText('Lea Visser heeft deze zaak in behandeling.').waitFor();
  await page.getByRole('button', { name: 'Overnemen' }).click();
  await page.getByRole('button', { name: 'Zaak overnemen' }).click();
  await page.getByText('Vul de reden in.').waitFor();
  await assertAccessible(page, 'case, taking over');
  await page.getByLabel('Waarom neemt u de zaak over?').fill('Lea is vandaag ziek.');
  await page.getByRole('button', { name: 'Zaak overnemen' }).click();
  await page.getByText('U heeft de zaak overgenomen.').first().waitFor();
  await page.getByText('Overgenomen van Lea Visser').waitFor();
  await page.getByText('Lea is vandaag ziek.').waitFor();
  assert.match(await page.locator('.wissel-facts').innerText(), /Wie\s+U zelf/);
  assertNoFaults(page);
});

test('a returned case is marked in the queue of the KCC and in the history of who returned it', options, async () => {
  const reference = await registerCallback(newSubject(), { phone: '0611112222' });
  const kcc = await signIn(browser, 'kim', { path: '/werkvoorraad/kcc' });
  await isLive(kcc);
  await showAll(kcc);
  const team = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  await team.getByRole('button', { name: 'Teruggeven aan het KCC' }).click();
  await team.getByLabel('Waarom hoort deze zaak').fill('Dit gaat over parkeren.');
  await team.getByLabel('Welk team kan dit wel').selectOption('parkeren');
  await team.getByRole('button', { name: 'Zaak teruggeven' }).click();
  await team.getByText('Deze zaak ligt niet meer bij uw team.').waitFor();
  const history = team.locator('.wissel-history__item').first();
  assert.match(await history.innerText(), /Teruggegeven aan het KCC[^]*Dit gaat over parkeren\./);
  const row = rowOf(kcc, reference);
  await row.getByText('teruggegeven, voorstel: Parkeren').waitFor();
  await assertAccessible(kcc, 'queue, a returned case');
  await call('kim', 'cases.v1.CaseService/ForwardCase', {
    idempotencyKey: newKey(),
    reference,
    teamId: 'parkeren',
  });
  await row.waitFor({ state: 'detached' });
  assertNoFaults(kcc, team);
});

test('F9 leads into the list, and the arrow keys go on from there', options, async () => {
  await registerCallback();
  await registerCallback();
  const page = await signIn(browser, 'bas', { path: '/werkafspraken' });
  await page.keyboard.press('F9');
  await isLive(page);
  const rows = page.locator('[data-row-link]');
  const isOn = (n) => rows.nth(n).evaluate((link) => link === document.activeElement);
  assert.ok(await isOn(0), 'the first row has the focus');
  await page.keyboard.press('ArrowDown');
  assert.ok(await isOn(1));
  await page.keyboard.press('ArrowUp');
  assert.ok(await isOn(0));
});

test('the head of the list is above the buttons that pass under it', options, async () => {
  for (let i = 0; i < 12; i++) await registerCallback();
  const page = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken', height: 500 });
  await isLive(page);
  const buttons = page.locator('tr[data-reference] button');
  await buttons.nth(3).evaluate((button) => {
    const { top } = button.getBoundingClientRect();
    window.scrollBy({ top: top - 4, behavior: 'instant' });
  });
  const above = await buttons.nth(3).evaluate((button) => {
    const { left, top, width } = button.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + 8)?.closest('th') !== null;
  });
  assert.ok(above, 'the head is painted over the button');
});

test('at 320 px whose figures they are stays in sight', options, async () => {
  await registerCallback();
  const page = await signIn(browser, 'max', { path: '/cijfers/tabel', width: 320 });
  const table = page.getByRole('table');
  await table.waitFor();
  await page.locator('.wissel-scroll').evaluate((scroll) => scroll.scrollTo(400, 0));
  const name = page.locator('tbody th').first();
  const { x } = await name.boundingBox();
  assert.ok(x >= 0 && x < 60, `the team stands at ${x} px`);
  await page.goto(`${url}/werkafspraken/verkeerd-doorgezet`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await assertReflows(page, 'misroutes');
});

test('a wrong password: one message, and the focus where to type', options, async () => {
  const page = await openDesk(browser);
  await page.goto(`${url}/inloggen?gemeente=GM9901`);
  await page.getByLabel('Gebruikersnaam').fill('kim');
  await page.getByLabel('Wachtwoord').fill('helemaal verkeerd');
  await page.keyboard.press('Enter');
  await page.getByText('De gebruikersnaam of het wachtwoord klopt niet.').waitFor();
  assert.equal(await page.getByText(/^Vul /).count(), 0);
  const password = page.getByLabel('Wachtwoord');
  assert.ok(await password.evaluate((element) => element === document.activeElement));
});

test('a session that ends knows who it was, and leaves no message behind', options, async () => {
  const reference = await registerCallback();
  const page = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  await page.getByRole('button', { name: /^Beantwoorden/ }).click();
  await page.getByLabel('Antwoord aan de klant').fill('Het ligt klaar.');
  await page.context().clearCookies();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'U bent uitgelogd' });
  await dialog.waitFor();
  assert.equal(await dialog.getByLabel('Gebruikersnaam').inputValue(), 'bas');
  const password = dialog.getByLabel('Wachtwoord');
  assert.ok(await password.evaluate((element) => element === document.activeElement));
  await fillSignIn(page, 'bas');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.getByText('U bent niet meer ingelogd').count(), 0);
  await page.keyboard.press('Control+Enter');
  await page.getByText('De zaak is beantwoord en gesloten.').first().waitFor();
});

test('a number with a slip of the hand, and a number of no case', options, async () => {
  const reference = String(await registerCallback());
  const page = await signIn(browser, 'bas');
  const last = (Number(reference.at(-1)) + 1) % 10;
  await page.getByLabel('Zaaknummer').fill(reference.slice(0, -1) + last);
  await page.getByRole('button', { name: 'Zoek' }).click();
  await page.getByText('er zit een typefout in').waitFor();
  await page.goto(`${url}/zaak/1991456921`);
  await page.getByText('Deze zaak bestaat niet.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Probeer opnieuw' }).count(), 0);
});

test('a queue that does not come says so, and not that it is behind', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkafspraken' });
  await page.route('**/WatchQueue', refusing(503, 'unavailable'));
  await page.keyboard.press('F9');
  await page.getByText('Er is geen verbinding met Wissel.').waitFor();
  assert.equal(await page.getByText('Lijst loopt achter').count(), 0);
  await assertAccessible(page, 'queue, never came');
  await page.unroute('**/WatchQueue');
  await isLive(page);
  await page.getByText('Lijst is bij').waitFor();
});

test('a queue that was refused is asked for again with a button', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkafspraken' });
  await page.route('**/WatchQueue', refusing(429, 'resource_exhausted'));
  await page.keyboard.press('F9');
  const again = page.getByRole('button', { name: 'Probeer opnieuw' });
  await again.waitFor();
  await page.unroute('**/WatchQueue');
  await again.click();
  await isLive(page);
});

test('calls and streams go out and come back in the binary form of Connect', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkafspraken' });
  const typesOf = (answer) => [answer.request(), answer].map((m) => m.headers()['content-type']);
  const teams = page.waitForResponse('**/ListTeams');
  const queue = page.waitForResponse('**/WatchQueue');
  await page.goto(`${url}/werkvoorraad`);
  assert.deepEqual(typesOf(await teams), ['application/proto', 'application/proto']);
  const stream = 'application/connect+proto';
  assert.deepEqual(typesOf(await queue), [stream, stream]);
  await isLive(page);
});

test('texts run in their own direction', options, async () => {
  const reference = await registerCallback(`سؤال ${newSubject('x')}`);
  const page = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  const heading = page.locator('h1 bdi');
  await heading.waitFor();
  assert.equal(await heading.evaluate((e) => getComputedStyle(e).direction), 'rtl');
  await page.getByRole('button', { name: /^Beantwoorden/ }).click();
  assert.equal(await page.getByLabel('Antwoord aan de klant').getAttribute('dir'), 'auto');
});

test('every screen while it loads', options, async () => {
  const page = await signIn(browser, 'kim');
  await page.route('**/wissel.*/**', () => undefined);
  const paths = ['/', '/registreren', '/werkvoorraad', '/werkvoorraad/kcc', '/zaak/1991456921'];
  for (const path of paths) {
    await page.goto(url + path);
    await page.getByText(/Bezig met laden/).first().waitFor();
    await assertAccessible(page, `${path}, loading Wissel`);
  }
  await page.unroute('**/wissel.*/**');
  // Never answered.
  await page.route(/CaseService|RouterService|SopService|ListTeams/, () => undefined);
  for (const path of [...paths, '/werkafspraken', '/werkafspraken/proberen']) {
    await page.goto(url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(page, `${path}, loading`);
  }
});
