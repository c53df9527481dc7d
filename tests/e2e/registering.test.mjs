// The registration form over a day of calls: what the agreement proposes, what stays and what goes,
// what does not fit.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTcpProxy } from './tcp_proxy.mjs';
import {
  assertAccessible,
  assertNoFaults,
  assertReflows,
  chooseTopic,
  fillCallback,
  newSubject,
  openBrowser,
  registerCallback,
  registeredNumber,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 180_000 };
const proxy = await openTcpProxy(url);
after(() => proxy.close());
const { host } = new URL(url);
const browser = await openBrowser(`--host-resolver-rules=MAP ${host} 127.0.0.1:${proxy.port}`);

const subject = (page) => page.getByLabel('Onderwerp');
const topic = (page) => page.getByRole('combobox', { name: 'Thema' });
const focused = (page) => page.evaluate(() => document.activeElement?.innerText ?? '');

test("a caller's question is decided for the phone, and the ending is proposed", options, async () => {
  const page = await signIn(browser, 'kim');
  await chooseTopic(page, 'paspoort');
  await page.getByText('Zelf beantwoorden').waitFor();
  assert.ok(await page.getByLabel('Direct afgehandeld').isChecked());
  assert.ok(await page.getByLabel('Beantwoord', { exact: true }).isChecked());
  // Chosen by a person it stays, and it is told where a callback request goes.
  await page.keyboard.press('F2');
  await page.getByText('Een terugbelverzoek gaat naar Burgerzaken.').waitFor();
  await subject(page).fill('Verlopen paspoort');
  await page.getByText('Zelf beantwoorden').waitFor();
  assert.ok(await page.getByLabel('Terugbelverzoek').isChecked());
  await page.keyboard.press('Alt+v');
  assert.ok(await page.getByLabel('Direct afgehandeld').isChecked());
  assert.notEqual(await page.getByLabel('Gegeven antwoord').inputValue(), '', 'the script');
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  assertNoFaults(page);
});

test('an answer that must be given is marked, and asked for by name', options, async () => {
  const page = await signIn(browser, 'kim');
  await page.keyboard.press('F4');
  await subject(page).fill(newSubject('Openingstijden'));
  const answer = page.getByLabel('Gegeven antwoord');
  assert.equal(await answer.getAttribute('aria-required'), 'true');
  await page.getByText('Gegeven antwoord (verplicht)').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Niet goed ingevuld: antwoord.').waitFor();
  await page.getByText('Vul het antwoord in.').waitFor();
  assert.ok(await answer.evaluate((element) => element === document.activeElement));
  await page.getByLabel('Acquisitie').check();
  assert.notEqual(await answer.getAttribute('aria-required'), 'true');
  assertNoFaults(page);
});

test('one key empties the form, another puts it back', options, async () => {
  const page = await signIn(browser, 'kim');
  const text = newSubject();
  await fillCallback(page, text);
  await page.keyboard.press('Alt+l');
  assert.equal(await subject(page).inputValue(), '');
  assert.equal(await topic(page).inputValue(), '');
  assert.ok(await topic(page).evaluate((element) => element === document.activeElement));
  await page.getByText('Het formulier is leeggemaakt.').waitFor();
  await assertAccessible(page, 'register, emptied');
  await page.keyboard.type('verhu');
  await page.keyboard.press('Alt+l');
  assert.equal(await topic(page).inputValue(), '', 'nor what was half typed');
  await page.keyboard.press('Alt+z');
  assert.equal(await subject(page).inputValue(), text);
  assert.equal(await topic(page).inputValue(), 'Paspoort');
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  assertNoFaults(page);
});

test('what was left half filled in is asked about, after a reload and after a walk', options, async () => {
  const page = await signIn(browser, 'kim');
  const text = newSubject();
  await fillCallback(page, text);
  await page.reload();
  await page.getByRole('heading', { name: 'Wilt u verdergaan met dit contact?' }).waitFor();
  await page.getByText(text).waitFor();
  await assertAccessible(page, 'register, asking');
  assert.equal(await focused(page), 'Verdergaan');
  await page.keyboard.press('Enter');
  assert.equal(await subject(page).inputValue(), text);

  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: /Werkvoorraad/ }).waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: 'Leeg beginnen' }).click();
  assert.equal(await subject(page).inputValue(), '');
  assert.equal(await topic(page).inputValue(), '', 'no theme of another customer');
  await page.keyboard.press('Alt+z');
  assert.equal(await subject(page).inputValue(), text);
  await page.keyboard.press('Alt+l');
  await page.reload();
  await topic(page).waitFor();
  assert.equal(await subject(page).inputValue(), '', 'an empty form is not asked about');
  assertNoFaults(page);
});

test('a subject that is too long is not cut, and is not sent', options, async () => {
  const page = await signIn(browser, 'kim');
  await fillCallback(page, 'x');
  await subject(page).evaluate((field) => field.select());
  await page.evaluate(() => document.execCommand('insertText', false, 'a'.repeat(261)));
  assert.equal((await subject(page).inputValue()).length, 261);
  await page.getByText('61 tekens te lang.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Niet goed ingevuld: onderwerp.').waitFor();
  assert.ok(await subject(page).evaluate((element) => element === document.activeElement));
  await subject(page).fill(`  ${'b'.repeat(200)}  `);
  await page.getByLabel('Postcode').fill(' 2511  AB');
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  await page.getByRole('link', { name: 'Zaak bekijken' }).click();
  await page.getByText('2511 AB').waitFor();
  assertNoFaults(page);
});

test('not known whether it was stored: the way on is in the notice and has the focus', options, async () => {
  const page = await signIn(browser, 'kim');
  await fillCallback(page, newSubject());
  proxy.loseNextAnswer('/wissel.intake.v1.IntakeService/RegisterCallback', { andCut: true });
  await page.keyboard.press('Control+Enter');
  const again = page.locator('.wissel-notice').getByRole('button', { name: 'Opnieuw proberen' });
  await again.waitFor();
  assert.equal(await focused(page), 'Opnieuw proberen');
  assert.equal(await page.getByRole('button', { name: 'Opnieuw proberen' }).count(), 1);
  proxy.restore();
  await page.keyboard.press('Enter');
  await registeredNumber(page);
  await page.getByText('Er is niets dubbel opgeslagen').waitFor();
  assertNoFaults(page);
});

test('refused by the server: the focus is where it was', options, async () => {
  const page = await signIn(browser, 'kim');
  await fillCallback(page, newSubject());
  await page.route('**/RegisterCallback', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/json',
      body: JSON.stringify({ code: 'resource_exhausted', message: 'busy' }),
    }),
  );
  await page.getByLabel('Achternaam').focus();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Het is te druk.').waitFor();
  assert.ok(await page.getByLabel('Achternaam').evaluate((e) => e === document.activeElement));
});

test('the router was away: the panel asks again by itself', options, async () => {
  const page = await signIn(browser, 'kim');
  let away = true;
  await page.route('**/*RouterService/Decide', (route) => {
    if (!away) return route.continue();
    return route.fulfill({
      status: 503,
      contentType: 'application/json',
      body: JSON.stringify({ code: 'unavailable', message: 'away' }),
    });
  });
  await chooseTopic(page, 'paspoort');
  await page.getByText('De werkafspraak kan nu niet worden getoond.').waitFor();
  away = false;
  // Nobody touches the form.
  await page.getByText('Zelf beantwoorden').waitFor({ timeout: 8_000 });
});

test('a name of 192 letters and a subject without spaces leave every screen its width', options, async () => {
  const name = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(6).slice(0, 192);
  // 061 to 065 and 068 are mobile numbers; another third digit is none.
  const phone = `061${String(process.pid % 1e3).padStart(3, '0')}${String(Date.now() % 1e4).padStart(4, '0')}`;
  const word = 'y'.repeat(190);
  const reference = await registerCallback(word, { familyName: name, phone });
  for (const width of [1280, 320]) {
    const page = await signIn(browser, 'lea', { path: '/werkvoorraad/burgerzaken', width });
    const more = page.getByRole('button', { name: 'Meer laden' });
    const row = page.locator(`tr[data-reference="${reference}"]`);
    await page.locator('tr[data-reference]').first().waitFor();
    while (!(await row.isVisible())) await more.click();
    await assertReflows(page, `queue at ${width} px`);
    const button = await row.getByRole('button', { name: /Oppakken/ }).boundingBox();
    assert.ok(button.x + button.width <= width, 'Oppakken is in sight');
    await page.goto(`${url}/zaak/${reference}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(name).first().waitFor();
    await assertReflows(page, `case at ${width} px`);
    const kcc = await signIn(browser, 'kim', { width });
    await kcc.getByLabel('Telefoonnummer').fill(phone);
    await kcc.getByText('Deze klant heeft al een open vraag').first().waitFor();
    await assertReflows(kcc, `open questions at ${width} px`);
    assertNoFaults(page, kcc);
  }
});
