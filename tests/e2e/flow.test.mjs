// From contact to figure, in the browser, with two colleagues and a manager.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNoFaults,
  claim,
  fillCallback,
  isLive,
  newSubject,
  openBrowser,
  registerCallback,
  registeredNumber,
  rowOf,
  showAll,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 120_000 };
const browser = await openBrowser();

/** The number under "Op tijd" of callbacks of Burgerzaken. */
async function metOfTeam(page) {
  const row = page.locator('tr', { hasText: 'Terugbelverzoek' });
  const own = row.filter({ has: page.getByRole('rowheader', { name: 'Burgerzaken' }) });
  return Number((await own.locator('td').nth(3).innerText()).replace(/\D/g, ''));
}

async function openFigures() {
  const page = await signIn(browser, 'max', { path: '/cijfers/tabel?per=kanaal' });
  await page.getByRole('table').waitFor();
  return page;
}

test('register, see it live, claim, answer, find it in the figures', options, async () => {
  const earlier = await openFigures();
  const met = await metOfTeam(earlier);

  const team = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken' });
  await isLive(team);
  await showAll(team);

  const kcc = await signIn(browser, 'kim');
  const subject = newSubject();
  await fillCallback(kcc, subject);
  await kcc.getByText('naar Burgerzaken').waitFor();
  await kcc.getByRole('button', { name: 'Terugbelverzoek opslaan' }).click();
  const reference = await registeredNumber(kcc);
  assert.match(reference, /^\d{1,10}$/);
  assert.match(await kcc.locator('.wissel-registered').innerText(), /Uiterlijk .*17:00/);

  const row = rowOf(team, reference);
  await row.waitFor();
  assert.match(await row.innerText(), new RegExp(subject));
  await row.getByRole('button', { name: /Oppakken/ }).click();
  await team.getByRole('button', { name: 'Beantwoorden' }).click();
  await team.getByLabel('Antwoord aan de klant').fill('Uw paspoort ligt klaar aan de balie.');
  await team.getByRole('button', { name: 'Antwoord opslaan' }).click();
  await team.getByText('De zaak is beantwoord en gesloten.').waitFor();
  await team.locator('.wissel-badge', { hasText: 'Beantwoord' }).waitFor();

  const later = await openFigures();
  assert.ok((await metOfTeam(later)) > met, 'the answered case counts as met');
  const own = later
    .locator('tr', { has: later.getByRole('rowheader', { name: 'Burgerzaken' }) })
    .filter({ hasText: 'Terugbelverzoek' });
  await own.getByRole('link', { name: /Op tijd/ }).click();
  const listed = reference.replace(/(?=(\d{3})+$)/g, ' ').trim().replace(/^(\d) /, '$1');
  await later.getByRole('rowheader', { name: listed }).waitFor();
  assertNoFaults(earlier, team, kcc, later);
});

test('a question that is answered at once is closed', options, async () => {
  const page = await signIn(browser, 'kim');
  await page.keyboard.press('F4');
  await page.getByLabel('Onderwerp').fill(newSubject('Openingstijden'));
  await page.getByLabel('Gegeven antwoord').fill('Tot vijf uur.');
  await page.getByRole('button', { name: 'Contact opslaan' }).click();
  await registeredNumber(page);
  await page.getByRole('link', { name: 'Zaak bekijken' }).click();
  await page.locator('.wissel-badge', { hasText: 'Direct afgehandeld' }).waitFor();
  await page.getByText('Tot vijf uur.').first().waitFor();
  assertNoFaults(page);
});

test('a decision to steer proposes the ending, and fills in at one press', options, async () => {
  const page = await signIn(browser, 'kim');
  await page.getByLabel('Onderwerp').fill(newSubject('Losse stoeptegel in de Dorpsstraat'));
  await page.getByRole('button', { name: 'Verwijzing invullen' }).click();
  assert.ok(await page.getByLabel('Doorverwezen').isChecked());
  assert.notEqual(await page.getByLabel('Waarheen verwezen').inputValue(), '');
  await page.getByRole('button', { name: 'Contact opslaan' }).click();
  await registeredNumber(page);
  assertNoFaults(page);
});

test('errors of the server stand beside their field', options, async () => {
  const page = await signIn(browser, 'kim');
  await fillCallback(page, newSubject());
  await page.getByLabel('Telefoonnummer').fill('06 12');
  await page.keyboard.press('Control+Enter');
  const field = page.getByLabel('Telefoonnummer');
  await page.getByText('Dit is geen geldig telefoonnummer').waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await field.fill('06 12345678');
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
});

test('returned with a reason, forwarded by the KCC, answered by another team', options, async () => {
  const reference = await registerCallback();
  const team = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  await team.getByRole('button', { name: 'Teruggeven aan het KCC' }).click();
  await team.getByLabel('Waarom hoort deze zaak').fill('Dit gaat over parkeren.');
  await team.getByLabel('Welk team kan dit wel').selectOption('parkeren');
  await team.getByRole('button', { name: 'Zaak teruggeven' }).click();
  await team.getByText('De zaak is terug bij het KCC.').first().waitFor();
  await team.getByText('Deze zaak ligt niet meer bij uw team.').waitFor();
  assert.match(await team.locator('.wissel-facts').innerText(), /KCC/);

  const kcc = await signIn(browser, 'kim', { path: `/zaak/${reference}` });
  await kcc.getByText('Dit gaat over parkeren.').waitFor();
  await kcc.getByText('Voorstel: Parkeren').waitFor();
  await kcc.getByRole('button', { name: 'Doorsturen' }).click();
  assert.equal(await kcc.getByLabel('Naar welk team').inputValue(), 'parkeren', 'as suggested');
  await kcc.getByRole('button', { name: 'Doorsturen' }).last().click();
  await kcc.getByText('De zaak is doorgestuurd').waitFor();
  assert.match(await kcc.locator('.wissel-facts').innerText(), /Parkeren/);
  assertNoFaults(team, kcc);
});

test('calls, interim reply, closing and reopening', options, async () => {
  const reference = await registerCallback();
  await claim('lea', reference);
  const page = await signIn(browser, 'lea', { path: `/zaak/${reference}` });
  await page.getByRole('button', { name: 'Belpoging' }).click();
  await page.getByLabel('Niet bereikt').check();
  await page.getByLabel('Notitie').fill('Voicemail ingesproken.');
  await page.getByRole('button', { name: 'Belpoging vastleggen' }).click();
  await page.getByText('Gebeld, niet bereikt').waitFor();

  await page.getByRole('button', { name: 'Tussenbericht' }).click();
  await page.getByLabel('Tussenbericht aan de klant').fill('Wij zijn ermee bezig.');
  await page.getByRole('button', { name: 'Tussenbericht versturen' }).click();
  await page.getByText('Het tussenbericht is verstuurd').first().waitFor();

  await page.getByRole('button', { name: 'Afsluiten zonder antwoord' }).click();
  await page.getByRole('button', { name: 'Zaak sluiten' }).click();
  await page.getByText('Kies een reden.').waitFor();
  await page.getByLabel('Waarom sluit u de zaak').selectOption({ label: 'Ingetrokken door de klant' });
  await page.getByRole('button', { name: 'Zaak sluiten' }).click();
  await page.locator('.wissel-badge', { hasText: 'Ingetrokken' }).waitFor();

  await page.getByRole('button', { name: 'Heropenen' }).click();
  await page.getByLabel('Reden').fill('Klant belt toch terug.');
  await page.getByRole('button', { name: 'Zaak heropenen' }).click();
  await page.getByText('De zaak is weer open.').first().waitFor();
  assertNoFaults(page);
});

test('two colleagues claim at once: one has it, the other is told who', options, async () => {
  const reference = await registerCallback();
  const desks = await Promise.all(
    ['bas', 'lea'].map((login) => signIn(browser, login, { path: `/zaak/${reference}` })),
  );
  const buttons = desks.map((desk) => desk.getByRole('button', { name: 'Oppakken' }));
  await Promise.all(buttons.map((button) => button.waitFor()));
  await Promise.all(buttons.map((button) => button.click()));
  const outcomes = await Promise.all(
    desks.map(async (desk) => {
      const told = desk.locator('.wissel-actions .wissel-notice');
      await told.waitFor();
      return told.innerText();
    }),
  );
  assert.equal(outcomes.filter((text) => text.includes('U heeft de zaak')).length, 1, `${outcomes}`);
  const loser = outcomes.find((text) => text.includes('al opgepakt door'));
  assert.match(loser ?? '', /al opgepakt door (Bas|Lea)/);
  const late = desks[outcomes.indexOf(loser)];
  await late.locator('.wissel-facts', { hasText: /Bas|Lea/ }).waitFor();
  assertNoFaults(...desks);
});

test('a long queue is read page by page, and each case is there once', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken' });
  await isLive(page);
  const open = () => page.locator('.wissel-tile dd').first().innerText().then(Number);
  for (let missing = 55 - (await open()); missing > 0; missing--) await registerCallback();
  await page.reload();
  await isLive(page);
  await page.getByRole('button', { name: 'Meer laden' }).click();
  await page.waitForFunction(
    () => document.querySelectorAll('tr[data-reference]').length > 50,
  );
  const references = await page
    .locator('tr[data-reference]')
    .evaluateAll((rows) => rows.map((row) => row.dataset.reference));
  assert.equal(new Set(references).size, references.length);
  assertNoFaults(page);
});

test('the address says where one is: back, title, and the page after signing in', options, async () => {
  const reference = await registerCallback();
  const page = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken' });
  await page.getByRole('heading', { name: 'Werkvoorraad Burgerzaken' }).waitFor();
  assert.equal(await page.title(), 'Werkvoorraad Burgerzaken – Wissel');
  await page.goto(`${url}/zaak/${reference}`);
  await page.getByText('Wat gaat u doen?').waitFor();
  assert.match(await page.title(), /^Zaak [\d ]+ – Wissel$/);
  await page.goBack();
  await page.getByRole('heading', { name: /Werkvoorraad/ }).waitFor();
  await page.goto(`${url}/cijfers`);
  await page.getByRole('heading', { name: 'Deze pagina bestaat niet' }).waitFor();
});

test('moments are those of Amsterdam, on a device in New York', options, async () => {
  const reference = await registerCallback();
  const page = await signIn(browser, 'bas', { path: `/zaak/${reference}` });
  const due = page.locator('.wissel-facts time');
  await due.waitFor();
  const iso = await due.getAttribute('datetime');
  const clock = new Intl.DateTimeFormat('nl-NL', {
    timeZone: 'Europe/Amsterdam',
    hour: '2-digit',
    minute: '2-digit',
  });
  assert.ok((await due.innerText()).endsWith(clock.format(new Date(iso))));
});
