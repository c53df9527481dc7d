// The screens in dark colours and in the colours of the system: contrast, and shapes where a colour told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertAccessible,
  assertNoFaults,
  chooseTopic,
  claim,
  isLive,
  newSubject,
  openBrowser,
  openDesk,
  registerCallback,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 240_000 };
const browser = await openBrowser();

const devices = [
  { name: 'dark', colorScheme: 'dark' },
  { name: 'forced colours', forcedColors: 'active' },
];

for (const { name, ...media } of devices) {
  test(`every kind of screen in ${name}`, options, async () => {
    const reference = await registerCallback();
    const held = await registerCallback();
    await claim('lea', held);

    const out = await openDesk(browser, media);
    await out.goto(`${url}/inloggen?gemeente=GM9901`);
    await out.getByRole('button', { name: 'Inloggen' }).click();
    await out.getByText('Vul de gebruikersnaam in.').waitFor();
    await assertAccessible(out, `sign in, ${name}`);

    const kcc = await signIn(browser, 'kim', media);
    await kcc.keyboard.press('Control+Enter');
    await kcc.getByText('Vul het onderwerp in.').waitFor();
    await assertAccessible(kcc, `register, errors, ${name}`);
    await chooseTopic(kcc, 'paspoort');
    await kcc.getByLabel('Onderwerp').fill(newSubject());
    await kcc.getByText('Zelf beantwoorden').waitFor();
    await assertAccessible(kcc, `register, decided, ${name}`);
    await kcc.keyboard.press('Alt+l');
    await kcc.getByText('Het formulier is leeggemaakt.').waitFor();
    await kcc.getByRole('combobox', { name: 'Thema' }).fill('pas');
    await kcc.getByRole('listbox', { name: 'Thema' }).getByRole('option').first().waitFor();
    await assertAccessible(kcc, `register, choosing, ${name}`);

    const team = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken', ...media });
    await isLive(team);
    await assertAccessible(team, `queue, ${name}`);
    await team.goto(`${url}/zaak/${reference}`);
    await team.getByRole('button', { name: 'Afsluiten zonder antwoord' }).click();
    await team.getByRole('button', { name: 'Zaak sluiten' }).click();
    await team.getByText('Kies een reden.').waitFor();
    await assertAccessible(team, `case, closing, ${name}`);
    await team.goto(`${url}/zaak/${held}`);
    await team.getByRole('button', { name: 'Overnemen' }).click();
    await assertAccessible(team, `case, taking over, ${name}`);

    const lead = await signIn(browser, 'lea', { path: '/cijfers/tabel', ...media });
    await lead.getByRole('table').waitFor();
    await assertAccessible(lead, `figures, ${name}`);
    await lead.goto(`${url}/werkafspraken`);
    await lead.locator('.wissel-rule').first().waitFor();
    await assertAccessible(lead, `agreements, ${name}`);
    await lead.goto(`${url}/werkafspraken/verkeerd-doorgezet`);
    await lead.getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(lead, `misroutes, ${name}`);
    assertNoFaults(out, kcc, team, lead);
  });
}

test('in forced colours a choice that is made has a shape of its own', options, async () => {
  const page = await signIn(browser, 'kim', { forcedColors: 'active' });
  const look = (label) =>
    page.getByLabel(label).evaluate((radio) => ({
      drawnBySystem: getComputedStyle(radio).appearance !== 'none',
      outlined: getComputedStyle(radio.closest('label')).outlineStyle !== 'none',
    }));
  assert.deepEqual(await look('Terugbelverzoek'), { drawnBySystem: true, outlined: true });
  assert.deepEqual(await look('Direct afgehandeld'), { drawnBySystem: true, outlined: false });
  const lines = await page
    .locator('.wissel-nav__link')
    .evaluateAll((links) => links.map((link) => getComputedStyle(link).borderBlockEndWidth));
  assert.equal(lines.filter((width) => width === '4px').length, 1, 'where one is has a thick line');
});

test('who asked for dark colours gets a dark page', options, async () => {
  const page = await signIn(browser, 'kim', { colorScheme: 'dark' });
  const light = await page.evaluate(() => {
    const [r, g, b] = getComputedStyle(document.querySelector('.wissel-panel'))
      .backgroundColor.match(/\d+/g)
      .map(Number);
    return r + g + b;
  });
  assert.ok(light < 200, 'the ground is dark');
});
