// Every screen and every state: what axe can see, nothing to scroll sideways for at 320 px, one
// heading and a title of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertAccessible,
  assertNoFaults,
  call,
  chooseTopic,
  assertReflows,
  claim,
  fillCallback,
  isLive,
  newKey,
  newSubject,
  openBrowser,
  openDesk,
  registerCallback,
  registeredNumber,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 180_000 };
const browser = await openBrowser();
const sizes = [
  { width: 1280, height: 900 },
  { width: 320, height: 640 },
];

async function assertGood(page, state) {
  await assertAccessible(page, state);
  await assertReflows(page, state);
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${state}: one heading`);
  assert.match(await page.title(), /Wissel$/, `${state}: a title`);
}

for (const size of sizes) {
  const at = `at ${size.width} px`;

  test(`sign in ${at}`, options, async () => {
    const page = await openDesk(browser, size);
    await page.goto(`${url}/inloggen?gemeente=GM9901`);
    await page.getByLabel('Gebruikersnaam').waitFor();
    await assertGood(page, 'sign in');
    await page.getByRole('button', { name: 'Inloggen' }).click();
    await page.getByText('Vul de gebruikersnaam in.').waitFor();
    await assertGood(page, 'sign in, empty');
    await page.getByLabel('Gebruikersnaam').fill('kim');
    await page.getByLabel('Wachtwoord').fill('verkeerd wachtwoord');
    await page.keyboard.press('Enter');
    await page.getByText('De gebruikersnaam of het wachtwoord klopt niet.').waitFor();
    await assertGood(page, 'sign in, wrong');
    assertNoFaults(page);
  });

  test(`register ${at}`, options, async () => {
    const page = await signIn(browser, 'kim', size);
    await assertGood(page, 'register');
    await page.getByRole('combobox', { name: 'Thema' }).fill('pas');
    await page.getByRole('listbox', { name: 'Thema' }).getByRole('option').first().waitFor();
    await assertGood(page, 'register, choosing a topic');
    await page.getByRole('combobox', { name: 'Thema' }).fill('zzzz');
    await page.getByText('Niets gevonden').waitFor();
    await assertGood(page, 'register, no such topic');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Vul het onderwerp in.').waitFor();
    await assertGood(page, 'register, missing fields');
    await page.getByLabel('Onderwerp').fill('Losse stoeptegel in de Dorpsstraat');
    await page.getByRole('button', { name: 'Verwijzing invullen' }).waitFor();
    await assertGood(page, 'register, steered');
    await page.keyboard.press('F4');
    await assertGood(page, 'register, answered');
    await page.keyboard.press('F2');
    // So many open questions that the last ones are folded away.
    for (let i = 0; i < 4; ++i) await registerCallback();
    await fillCallback(page, newSubject());
    await page.getByLabel('Voorkeur').selectOption({ index: 1 });
    await page.getByText('naar Burgerzaken').waitFor();
    await page.getByText(/^Nog \d+$/).waitFor();
    await assertGood(page, 'register, filled in');
    await page.keyboard.press('Control+Enter');
    await registeredNumber(page);
    await assertGood(page, 'registered');
    assertNoFaults(page);
  });

  test(`queue ${at}`, options, async () => {
    await registerCallback();
    const page = await signIn(browser, 'kim', { path: '/werkvoorraad/burgerzaken', ...size });
    await isLive(page);
    await assertGood(page, 'queue');
    await page.goto(`${url}/werkvoorraad/handhaving`);
    await page.getByText('De werkvoorraad is leeg').waitFor();
    await assertGood(page, 'queue, empty');
    await page.goto(`${url}/werkvoorraad/bestaat-niet`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertGood(page, 'queue of no team');
    assertNoFaults(page);
  });

  test(`case ${at}`, options, async () => {
    const reference = await registerCallback();
    const page = await signIn(browser, 'lea', { path: `/zaak/${reference}`, ...size });
    await page.getByRole('button', { name: 'Oppakken' }).waitFor();
    await assertGood(page, 'case, free');
    await page.getByRole('button', { name: 'Oppakken' }).click();
    await page.getByText('U heeft de zaak in behandeling.').first().waitFor();
    await assertGood(page, 'case, claimed');
    for (const action of ['Belpoging', 'Tussenbericht', 'Teruggeven aan het KCC', 'Afsluiten zonder antwoord']) {
      await page.getByRole('button', { name: action, exact: true }).click();
      await page.getByRole('button', { name: 'Annuleren' }).waitFor();
      await assertGood(page, `case, ${action}`);
    }
    await page.getByRole('button', { name: 'Beantwoorden' }).click();
    await page.getByRole('button', { name: 'Antwoord opslaan' }).click();
    await page.getByText('Vul de tekst in.').waitFor();
    await assertGood(page, 'case, answer missing');
    await page.getByLabel('Antwoord aan de klant').fill('Het ligt klaar.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Heropenen' }).waitFor();
    await assertGood(page, 'case, closed');
    assertNoFaults(page);
  });

  test(`case of somebody else, and no case ${at}`, options, async () => {
    const reference = await registerCallback();
    const page = await signIn(browser, 'bas', { path: `/zaak/${reference}`, ...size });
    const button = page.getByRole('button', { name: 'Oppakken' });
    await button.waitFor();
    await claim('lea', reference);
    await button.click();
    await page.getByText('al opgepakt door').waitFor();
    await assertGood(page, 'case, conflict');
    await page.goto(`${url}/zaak/1991456921`);
    await page.getByText('Deze zaak bestaat niet.').waitFor();
    await assertGood(page, 'case that is not there');
    await page.goto(`${url}/zaak/abc`);
    await page.getByText('Een zaaknummer heeft alleen cijfers').waitFor();
    await assertGood(page, 'no case number');
    assertNoFaults(page);
  });

  test(`figures ${at}`, options, async () => {
    await registerCallback();
    const page = await signIn(browser, 'max', { path: '/cijfers/tabel', ...size });
    await page.getByRole('table').waitFor();
    await assertGood(page, 'figures');
    await page.getByLabel('Team en kanaal').check();
    await page.getByRole('columnheader', { name: 'Kanaal' }).waitFor();
    await assertGood(page, 'figures by channel');
    await page.locator('tfoot a').first().click();
    await page.getByRole('heading', { name: /^Zaken:/ }).waitFor();
    await page.getByRole('table').waitFor();
    await assertGood(page, 'cases behind a figure');
    await page.getByRole('button', { name: 'Terug naar de cijfers' }).click();
    await page.getByLabel('Vrije periode').check();
    await page.getByLabel('Van', { exact: true }).fill('2020-02-01');
    await page.getByLabel('Tot en met').fill('2020-01-01');
    await page.getByText('De einddatum moet na de begindatum liggen.').waitFor();
    assert.match(page.url(), /per=kanaal/, 'another period leaves the grouping');
    await assertGood(page, 'figures, wrong period');
    await page.getByLabel('Tot en met').fill('2020-02-02');
    await page.getByText('Geen contacten in deze periode').waitFor();
    await assertGood(page, 'figures, nothing');
    assertNoFaults(page);
  });

  test(`agreements ${at}`, options, async () => {
    const { document } = await call('fenna', 'routing.v1.RouterService/GetSop', {});
    const { draft } = await call('fenna', 'routing.v1.SopService/SaveDraft', {
      idempotencyKey: newKey(),
      title: newSubject('Concept'),
      document: document.replace('transfer_number: 088 000 0101', 'transfer_number: 088 000 0109'),
    });
    const page = await signIn(browser, 'fenna', size);
    await page.locator('.wissel-rule').first().waitFor();
    await assertGood(page, 'agreements');
    await page.getByLabel('Zoek in de afspraken').fill('zzzz');
    await page.getByText('Geen afspraak gevonden').waitFor();
    await assertGood(page, 'agreements, none found');
    await page.getByRole('button', { name: 'Nieuw concept' }).click();
    await assertGood(page, 'agreements, new draft');

    const path = `${url}/werkafspraken/concept/${draft.draftId}`;
    await page.goto(path);
    await page.getByRole('button', { name: 'Controleren' }).click();
    await page.getByText(/afspraken nagekeken/).waitFor();
    await assertGood(page, 'draft, text');
    await page.goto(`${path}?afspraak=verhuizen`);
    await page.getByLabel('Naam van de afspraak').waitFor();
    await page.getByText('Gebied, dag, menu en gemeente').first().click();
    await assertGood(page, 'draft, rule');
    await page.goto(`${path}?deel=teams`);
    await page.getByLabel('Groepsmailbox').waitFor();
    await assertGood(page, 'draft, team');
    await page.goto(`${path}?deel=verschil`);
    await page.locator('.wissel-changes > li').first().waitFor();
    await assertGood(page, 'draft, difference');
    await page.goto(`${path}?deel=terugkijken`);
    await page.getByLabel('Deze maand').check();
    await page.getByRole('button', { name: 'Terugkijken', exact: true }).click();
    await page.locator('.wissel-replay__sum').waitFor();
    await assertGood(page, 'draft, replayed');
    await page.goto(`${url}/werkafspraken/concept/999999999`);
    await page.getByText('Dit concept bestaat niet meer.').waitFor();
    await assertGood(page, 'no such draft');
    await call('fenna', 'routing.v1.SopService/DiscardDraft', { draftId: draft.draftId });

    await page.goto(`${url}/werkafspraken/proberen`);
    await chooseTopic(page, 'verhuizing');
    await page.keyboard.press('Control+Enter');
    await page.locator('.wissel-explanation').waitFor();
    await page.getByText(/eerdere afspraken: waarom niet/).click();
    await assertGood(page, 'tried');
    await page.goto(`${url}/werkafspraken/verkeerd-doorgezet?periode=vrij&van=2020-01-01&tot=2020-01-02`);
    await page.getByText('Niets verkeerd doorgezet in deze periode').waitFor();
    await assertGood(page, 'misroutes, none');
    assertNoFaults(page);
  });

  test(`other pages ${at}`, options, async () => {
    const page = await signIn(browser, 'fenna', { path: '/welkom', ...size });
    await page.getByRole('heading', { name: 'Welkom bij Wissel' }).waitFor();
    await assertGood(page, 'welcome');
    await page.goto(`${url}/bestaat-niet`);
    await page.getByText('Het adres klopt niet').waitFor();
    await assertGood(page, 'no such page');
    await page.context().clearCookies();
    await page.reload();
    await page.getByLabel('Wachtwoord').waitFor();
    assert.match(page.url(), /naar=%2Fbestaat-niet/);
    assertNoFaults(page);
  });
}
