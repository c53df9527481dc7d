// The dashboard: what hurts in words, filters in the address, every mark opens as many cases as it says,
// the keyboard, dark and forced colours, paper, and the screen on the wall.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  assertAccessible,
  assertNoFaults,
  assertReflows,
  call,
  newKey,
  newSubject,
  openBrowser,
  registerCallback,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 240_000 };
const browser = await openBrowser();

const thisMonth = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
}).format(new Date());

const dashboardOf = (filters = {}) =>
  call('max', 'insight.v1.InsightService/GetDashboard', {
    firstMonth: thisMonth,
    lastMonth: thisMonth,
    ...filters,
  });

const receivedBy = ({ teams }, teamId) =>
  Number(teams?.find((team) => team.teamId === teamId)?.received ?? 0);

/** The figures follow the log: asks until they have what was just registered. */
async function untilCounted(reached) {
  for (let tries = 0; ; tries++) {
    const counted = await dashboardOf().then(reached, () => false);
    if (counted) return;
    assert.ok(tries < 120, 'the figures do not follow');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// A case that was asked about again and went back, and one that was answered at once: so that every
// chart has a mark, also where nothing was loaded before.
before(async () => {
  const earlier = await dashboardOf().then((d) => receivedBy(d, 'burgerzaken'), () => 0);
  const reference = await registerCallback();
  await registerCallback();
  await call('kim', 'intake.v1.IntakeService/AttachContact', {
    idempotencyKey: newKey(),
    reference,
    channel: 'CHANNEL_PHONE',
    customer: { familyName: 'Proef', phone: '0612345678' },
    question: { subject: newSubject(), text: 'Hoe staat het ermee?', topicId: 'paspoort' },
  });
  await call('bas', 'cases.v1.CaseService/ReturnCase', {
    idempotencyKey: newKey(),
    reference,
    reason: 'Dit gaat over parkeren.',
    suggestedTeamId: 'parkeren',
  });
  await call('kim', 'intake.v1.IntakeService/RegisterAnswered', {
    idempotencyKey: newKey(),
    channel: 'CHANNEL_PHONE',
    question: { subject: newSubject(), topicId: 'paspoort' },
    kind: 'ANSWERED_KIND_ANSWERED',
    answer: 'Neem uw oude paspoort mee.',
  });
  await untilCounted(
    (dashboard) =>
      receivedBy(dashboard, 'burgerzaken') > earlier &&
      (dashboard.moves ?? []).length > 0 &&
      (dashboard.repeatedQuestions ?? []).length > 0,
  );
});

const panels = (page) => page.locator('.wissel-chart-panel');

async function openDashboard(path = '/cijfers?periode=deze-maand', as = 'max', size = {}) {
  const page = await signIn(browser, as, { path, ...size });
  await panels(page).nth(8).waitFor();
  return page;
}

/** Unfolds every table. */
async function showTables(page) {
  for (const summary of await page.locator('.wissel-chart-details summary').all()) {
    await summary.click();
  }
}

/** The first link of the table of a chart, which is unfolded for it. */
async function firstLink(page, about) {
  const panel = panels(page).filter({ hasText: about });
  await panel.locator('summary').click();
  return panel.locator('.wissel-chart-table a').first();
}

/** How many cases the list holds; up to the thousand that it shows. */
async function listed(page) {
  await page.getByRole('heading', { name: /^Zaken: / }).waitFor();
  await page.getByRole('table').waitFor();
  return page.locator('tbody tr').count();
}

for (const size of [
  { width: 1280, height: 900 },
  { width: 320, height: 640 },
]) {
  test(`the dashboard at ${size.width} px`, options, async () => {
    const page = await openDashboard('/cijfers?periode=deze-maand', 'max', size);
    await assertAccessible(page, 'dashboard');
    await assertReflows(page, 'dashboard');
    await showTables(page);
    await assertAccessible(page, 'dashboard with tables');
    await assertReflows(page, 'dashboard with tables');
    await page.goto(`${url}/cijfers?van=2001-01&tot=2001-02`);
    await page.getByText('In deze maanden is nog niets binnengekomen').waitFor();
    await page.getByText('Hoe lang een antwoord duurt').waitFor({ state: 'detached' });
    await assertAccessible(page, 'dashboard of months without cases');
    // Nothing of what it draws may be refused by the policy of the page.
    assertNoFaults(page);
  });
}

test('each chart has a finding as its title and a table with every number', options, async () => {
  const page = await openDashboard();
  const findings = await page.locator('.wissel-chart-panel__finding').allInnerTexts();
  assert.equal(findings.length, 9);
  for (const finding of findings) assert.match(finding, /\w+ \w+/, 'a sentence');
  await showTables(page);
  assert.equal(await page.locator('.wissel-chart-table').count(), 9);
  for (const table of await page.locator('.wissel-chart-table').all()) {
    assert.ok((await table.locator('th[scope=col]').count()) > 1);
    assert.ok((await table.locator('th[scope=row]').count()) > 0);
  }
  assert.match(await page.locator('.wissel-dashboard__lead').innerText(), /Nu (is|zijn)/);
});

// The rows that a mark must have behind it, by what the chart is about.
const counts = [
  'Hoe lang een antwoord duurt',
  'Wanneer zaken binnenkomen',
  'Waar vragen over gaan',
  'Direct beantwoord bij het eerste contact',
  'Doorgezet van team naar team',
];

test('a mark opens as many cases as it says', options, async () => {
  const page = await openDashboard();
  for (const about of counts) {
    const link = await firstLink(page, about);
    const said = Number((await link.innerText()).replace(/\D/g, ''));
    await link.click();
    assert.equal(await listed(page), Math.min(said, 1000), about);
    await page.getByRole('button', { name: 'Terug naar de cijfers' }).click();
    await panels(page).nth(8).waitFor();
  }
  await page.goto(`${url}/cijfers/zaken?van=2026-01-01&tot=2026-01-31&aankomst=9-99`);
  await page.getByText('Kies eerst een getal bij de cijfers.').waitFor();
  assertNoFaults(page);
});

test('what is asked again opens the cases of both channels', options, async () => {
  const page = await openDashboard();
  const link = await firstLink(page, 'Wie het nog eens vraagt');
  const said = Number((await link.innerText()).replace(/\D/g, ''));
  await link.click();
  // A case that was asked about twice more is two times and one case.
  const cases = await listed(page);
  assert.ok(cases > 0 && cases <= said, `${cases} cases of ${said} times`);
});

test('a mark in a chart opens its cases as well, with the mouse', options, async () => {
  const page = await openDashboard();
  const arrivals = panels(page).filter({ hasText: 'Wanneer zaken binnenkomen' });
  const mark = arrivals.locator('svg a').first();
  const said = Number((await mark.locator('title').textContent()).match(/: ([\d.]+) /)[1].replace('.', ''));
  await mark.click();
  assert.equal(await listed(page), Math.min(said, 1000));
  assert.match(page.url(), /aankomst=\d-\d+/);
  await page.goBack();
  await panels(page).nth(8).waitFor();
  assert.match(page.url(), /periode=deze-maand/, 'back where one was');
});

test('the filters stand in the address, and hold for the cases', options, async () => {
  const page = await openDashboard();
  const asked = () => new URL(page.url()).searchParams;
  await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Burgerzaken' });
  await page.getByLabel('Kanaal', { exact: true }).selectOption({ label: 'Terugbelverzoek' });
  await page.getByLabel('Thema', { exact: true }).selectOption('paspoort');
  assert.equal(asked().get('team'), 'burgerzaken');
  assert.equal(asked().get('kanaal'), '2');
  assert.equal(asked().get('onderwerp'), 'paspoort');
  await page.getByLabel('Periode', { exact: true }).selectOption('vrij');
  assert.equal(asked().get('van'), thisMonth);
  assert.equal(asked().get('tot'), thisMonth);
  const answer = page.waitForResponse('**/GetDashboard');
  await page.reload();
  await answer;
  await page.getByText('Het team', { exact: false }).first().waitFor();
  assert.equal(await page.getByLabel('Team', { exact: true }).inputValue(), 'burgerzaken');
  assert.equal(await page.getByLabel('Thema', { exact: true }).inputValue(), 'paspoort');
  const link = await firstLink(page, 'Waar vragen over gaan');
  const said = Number((await link.innerText()).replace(/\D/g, ''));
  await link.click();
  assert.equal(await listed(page), Math.min(said, 1000));
  assert.match(await page.locator('.wissel-page__lead').innerText(), /^Burgerzaken, terugbelverzoek/);
  await page.goto(`${url}/cijfers?team=burgerzaken`);
  await page.getByRole('link', { name: 'Alle filters weg' }).click();
  await page.waitForURL((address) => address.search === '');
});

test('an address that makes no sense falls back, and says so', options, async () => {
  for (const said of ['van=2026-13&tot=x', 'periode=ooit', 'kanaal=77', 'team=bestaat-niet']) {
    const page = await signIn(browser, 'max', { path: `/cijfers?${said}` });
    await page.getByText('Een deel van het adres klopt niet').waitFor();
    await panels(page).first().waitFor();
    await assertAccessible(page, `dashboard, ${said}`);
    assertNoFaults(page);
    await page.context().close();
  }
});

test('with the keyboard alone: a chart is one stop, its table has the links', options, async () => {
  const page = await openDashboard();
  const arrivals = panels(page).filter({ hasText: 'Wanneer zaken binnenkomen' });
  await arrivals.locator('summary').focus();
  await page.keyboard.press('Enter');
  await arrivals.locator('table').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('role')),
    'region',
    'the table, which scrolls',
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.ok((await listed(page)) > 0);
  assert.match(page.url(), /aankomst=/);
  await page.goBack();
  await panels(page).nth(8).waitFor();
  const inCharts = await page.evaluate(
    () => [...document.querySelectorAll('.wissel-chart a')].filter((a) => a.tabIndex >= 0).length,
  );
  assert.equal(inCharts, 0, 'no stop for each mark');
});

for (const [name, media] of [
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
]) {
  test(`the dashboard in ${name}`, options, async () => {
    const page = await openDashboard('/cijfers?periode=deze-maand', 'lea', media);
    await assertAccessible(page, `dashboard, ${name}`);
    await page.goto(`${url}/cijfers/scherm?team=burgerzaken`);
    await page.getByText('Bijgewerkt om').waitFor();
    await assertAccessible(page, `wall, ${name}`);
    assertNoFaults(page);
  });
}

test('on paper nothing is cut off and nothing is left to press', options, async () => {
  // A4 at 96 points to the inch, without its margins.
  const page = await openDashboard('/cijfers?periode=deze-maand', 'max', { width: 703 });
  await page.emulateMedia({ media: 'print' });
  await assertReflows(page, 'dashboard on paper');
  assert.equal(await page.locator('.wissel-filters').isVisible(), false);
  assert.equal(await page.locator('.wissel-header').isVisible(), false);
  await page.goto(`${url}/cijfers/tabel`);
  const table = page.getByRole('table');
  await table.waitFor();
  await assertReflows(page, 'table on paper');
  const { x, width } = await table.boundingBox();
  assert.ok(x + width <= 703, `the table is ${width} wide`);
});

test('while the figures are not made yet, and when they do not come', options, async () => {
  const page = await signIn(browser, 'max', { path: '/werkafspraken' });
  const refuse = (status, body) => (route) =>
    route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
  // An ErrorDetail whose first field, the reason, is "never_counted".
  const detail = Buffer.from([10, 13, ...Buffer.from('never_counted')]).toString('base64');
  await page.route(
    '**/GetDashboard',
    refuse(400, {
      code: 'failed_precondition',
      message: 'no',
      details: [{ type: 'wissel.errors.v1.ErrorDetail', value: detail }],
    }),
  );
  await page.getByRole('link', { name: 'Cijfers' }).click();
  await page.getByText('De cijfers worden nog berekend').waitFor();
  await assertAccessible(page, 'dashboard, not counted');
  await page.unroute('**/GetDashboard');
  await panels(page).nth(8).waitFor();
  assert.equal(await page.getByText('De cijfers worden nog berekend').count(), 0);
  await page.route('**/GetDashboard', refuse(503, { code: 'unavailable', message: 'no' }));
  await page.getByLabel('Periode', { exact: true }).selectOption('vorige-maand');
  await page.getByRole('button', { name: 'Probeer opnieuw' }).waitFor();
  await assertAccessible(page, 'dashboard, failed');
});

for (const size of [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
]) {
  test(`the wall fits ${size.width} by ${size.height}, and says when it is not live`, options, async () => {
    const page = await signIn(browser, 'max', { path: '/cijfers/scherm?team=burgerzaken', ...size });
    await page.getByText('Bijgewerkt om').waitFor();
    await page.locator('.wissel-wall__chart svg').waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0, 'no menu');
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Burgerzaken');
    const fits = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      const cut = [...document.querySelectorAll('.wissel-wall dd, .wissel-wall p')].some(
        (element) => element.scrollWidth > element.clientWidth + 1,
      );
      return scrollHeight <= window.innerHeight && scrollWidth <= window.innerWidth && !cut;
    });
    assert.ok(fits, 'nothing to scroll for');
    await assertAccessible(page, 'wall');
    const { openWork = [] } = await dashboardOf({ teamId: 'burgerzaken' });
    const open = Number(openWork[0]?.open ?? 0);
    assert.equal(await page.locator('.wissel-wall dd').first().innerText(), open.toLocaleString('nl-NL'));
    await page.context().setOffline(true);
    await page.getByText(/Geen verbinding sinds \d\d:\d\d/).waitFor();
    await assertAccessible(page, 'wall, no connection');
    await page.context().setOffline(false);
    await page.getByText('Bijgewerkt om').waitFor();
    assertNoFaults(page);
  });
}
