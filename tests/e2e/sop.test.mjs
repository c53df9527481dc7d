// The agreements in the browser: from draft to force, why a contact goes where it goes, the same
// question twice, and the way from a misroute to its rule.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  assertAccessible,
  assertNoFaults,
  call,
  chooseTopic,
  claim,
  newKey,
  newSubject,
  openBrowser,
  registerCallback,
  registeredNumber,
  signIn,
  url,
} from './support.mjs';

const options = { timeout: 180_000 };
const browser = await openBrowser();

// What is in force now is in force again afterwards, whatever a test makes of it.
const before = await call('fenna', 'routing.v1.RouterService/GetSop', {});
after(() =>
  call('fenna', 'routing.v1.RouterService/LoadSop', { document: before.document }).then(() => {}),
);

const word = () => newSubject('voorwerp').replace(/[^a-z0-9]/g, '');
const discard = (draftId) =>
  call('fenna', 'routing.v1.SopService/DiscardDraft', { draftId });

const saved = (page) => page.getByText('Alles is opgeslagen.').waitFor();
const headline = (page, hasText) =>
  page.locator('.wissel-decision__headline', { hasText }).waitFor();
const partOf = (page, name) =>
  page.getByRole('navigation', { name: 'Onderdelen van het concept' }).getByRole('link', { name });

/** A new draft made on screen; its number. */
async function newDraft(page, title) {
  await page.getByRole('button', { name: 'Nieuw concept' }).click();
  await page.getByLabel('Waar gaat het concept over?').fill(title);
  await page.keyboard.press('Enter');
  await page.getByLabel('Werkafspraken als tekst').waitFor();
  return /concept\/(\d+)/.exec(page.url())[1];
}

async function openRule(page, name) {
  await partOf(page, 'Afspraken').click();
  await page.getByRole('combobox', { name: 'Afspraak', exact: true }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByLabel('Naam van de afspraak').waitFor();
}

async function newDraftByCall(title = newSubject('Concept')) {
  const { document } = await call('fenna', 'routing.v1.RouterService/GetSop', {});
  const { draft } = await call('fenna', 'routing.v1.SopService/SaveDraft', {
    idempotencyKey: newKey(),
    title,
    document,
  });
  return draft;
}

test('from draft, through a finding, to force and to another decision', options, async () => {
  const unique = word();
  const rule = `proef-${unique}`;
  const title = newSubject('Gevonden voorwerpen');
  await call('kim', 'intake.v1.IntakeService/RegisterAnswered', {
    idempotencyKey: newKey(),
    question: { subject: `Kwijt: ${unique}`, topicId: 'gevonden-voorwerpen' },
    channel: 'CHANNEL_PHONE',
    answer: 'Gezegd waar het staat.',
    kind: 'ANSWERED_KIND_ANSWERED',
  });

  const admin = await signIn(browser, 'fenna', { path: '/werkafspraken' });
  await newDraft(admin, title);

  // A rule that leaves nothing for one that is there: the check says so, and where.
  await partOf(admin, 'Afspraken').click();
  await admin.getByRole('button', { name: 'Nieuwe afspraak' }).click();
  await admin.getByLabel('Naam van de afspraak').fill(rule);
  await admin.getByLabel('Prioriteit').selectOption('60');
  await admin.getByRole('combobox', { name: 'Thema toevoegen' }).first().fill('gevonden');
  await admin.keyboard.press('Enter');
  await admin.getByLabel('Naar team').selectOption('burgerzaken');
  await admin.getByText('Naar Burgerzaken als het thema is Gevonden').waitFor();
  await admin.keyboard.press('Control+Enter');
  await saved(admin);
  const finding = admin.locator('.wissel-finding', { hasText: rule });
  await finding.waitFor();
  assert.match(await finding.innerText(), /gevonden-voorwerpen/);
  assert.equal(await admin.getByRole('button', { name: /Akkoord geven/ }).count(), 0);
  await finding.getByRole('button', { name: /^Tekstregel \d+$/ }).click();
  const selected = await admin.getByLabel('Werkafspraken als tekst').evaluate((area) => ({
    text: area.value.slice(area.selectionStart, area.selectionEnd),
    focused: document.activeElement === area,
  }));
  assert.match(selected.text, /- id: gevonden-voorwerpen/);
  assert.ok(selected.focused);
  await assertAccessible(admin, 'draft with a finding');

  // Repaired: only with this word.
  await openRule(admin, rule);
  await admin.getByLabel('Woorden in onderwerp of tekst').first().fill(unique);
  await admin.keyboard.press('Control+Enter');
  await admin.getByText('Geen fouten gevonden').waitFor();
  await admin.locator('h1 .wissel-badge', { hasText: 'Gecontroleerd' }).waitFor();

  await partOf(admin, 'Verschil').click();
  const change = admin.locator('.wissel-changes > li');
  await change.waitFor();
  assert.equal(await change.count(), 1);
  assert.match(await change.innerText(), new RegExp(`Nieuw\\s+Afspraak ${rule}`));

  await partOf(admin, 'Terugkijken met oude contacten').click();
  await admin.getByLabel('Deze maand').check();
  await admin.getByRole('button', { name: 'Terugkijken', exact: true }).click();
  await admin.locator('.wissel-replay__sum', { hasText: /^1 van / }).waitFor();
  await admin.getByRole('region', { name: 'Contacten die anders gaan' }).getByText(rule).waitFor();
  await assertAccessible(admin, 'replayed');

  // The KCC agrees, then the team; only then can it come into force.
  await admin.getByRole('button', { name: 'Akkoord geven voor KCC' }).click();
  await admin.locator('.wissel-consents li', { hasText: 'KCC' }).getByText('Fenna').waitFor();
  assert.ok(await admin.getByRole('button', { name: 'Laten ingaan' }).isDisabled());

  const lead = await signIn(browser, 'lea', { path: '/werkafspraken' });
  await lead.getByRole('link', { name: title }).click();
  await lead.getByRole('button', { name: 'Akkoord geven voor Burgerzaken' }).click();
  await lead.locator('h1 .wissel-badge', { hasText: 'Akkoord' }).waitFor();

  const inForce = admin.getByRole('button', { name: 'Laten ingaan' });
  await admin.locator('h1 .wissel-badge', { hasText: 'Akkoord' }).waitFor();
  await inForce.click();
  await admin.getByText('geworden.').waitFor();
  await admin.getByRole('link', { name: 'Terug naar de werkafspraken' }).click();
  const version = admin.locator('.wissel-drafts li', { hasText: title });
  await version.getByText('geldt nu').waitFor();
  assert.match(await version.innerText(), /Akkoord: .*Burgerzaken \(Lea Visser\)/);

  const kcc = await signIn(browser, 'kim');
  await chooseTopic(kcc, 'gevonden');
  await headline(kcc, 'Zelf beantwoorden');
  await kcc.getByLabel('Onderwerp').fill(`Kwijt: ${unique}`);
  await headline(kcc, 'Naar Burgerzaken');
  await kcc.getByText(`Afspraak ${rule}`).waitFor();
  assertNoFaults(admin, lead, kcc);
});

test('the text that others wrote stays as it is around what a form changes', options, async () => {
  const page = await signIn(browser, 'fenna', { path: '/werkafspraken' });
  const draftId = await newDraft(page, newSubject('Nummer van Parkeren'));
  const text = page.getByLabel('Werkafspraken als tekst');
  const whole = await text.inputValue();
  await partOf(page, 'Teams').click();
  await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Parkeren' });
  const number = page.getByLabel('Nummer om door te verbinden');
  const old = await number.inputValue();
  await number.fill('088 000 0999');
  await partOf(page, 'Tekst').click();
  assert.equal(await text.inputValue(), whole.replace(old, '088 000 0999'));
  await page.getByRole('button', { name: 'Wijzigingen ongedaan maken' }).click();
  assert.equal(await text.inputValue(), whole);

  // Not saved, left and come back: it is still there.
  await text.fill(`${whole}# nog niet af\n`);
  await page.getByRole('link', { name: 'Terug naar de werkafspraken' }).click();
  await page.goBack();
  await page.getByText('niet zijn opgeslagen').waitFor();
  assert.equal(await text.inputValue(), `${whole}# nog niet af\n`);
  await discard(draftId);
  assertNoFaults(page);
});

test('two colleagues in one draft: nobody overwrites the other unasked', options, async () => {
  const draft = await newDraftByCall();
  const path = `/werkafspraken/concept/${draft.draftId}`;
  const mine = await signIn(browser, 'fenna', { path });
  const text = mine.getByLabel('Werkafspraken als tekst');
  await text.waitFor();
  await text.fill(`${draft.document}# van Fenna\n`);
  await call('lea', 'routing.v1.SopService/SaveDraft', {
    idempotencyKey: newKey(),
    draftId: draft.draftId,
    revision: draft.revision,
    title: draft.title,
    document: `${draft.document}# van Lea\n`,
  });
  await mine.getByRole('button', { name: 'Opslaan' }).click();
  await mine.getByText('Lea Visser heeft dit concept intussen opgeslagen.').waitFor();
  await assertAccessible(mine, 'draft, conflict');
  assert.match(await text.inputValue(), /# van Fenna\n$/);
  await mine.getByRole('button', { name: 'Neem de tekst van uw collega over' }).click();
  assert.match(await text.inputValue(), /# van Lea\n$/);
  await saved(mine);

  await mine.getByRole('button', { name: 'Concept verwijderen' }).click();
  await mine.getByRole('button', { name: 'Ja, verwijderen' }).click();
  await mine.getByRole('heading', { name: /^Werkafspraken/ }).waitFor();
  assert.equal(await mine.getByRole('link', { name: draft.title }).count(), 0);
  assertNoFaults(mine);
});

test('why: of a question that was thought up, and of a case', options, async () => {
  const page = await signIn(browser, 'kim', { path: '/werkafspraken/proberen' });
  await page.getByLabel('Kanaal').selectOption({ label: 'Terugbelverzoek' });
  await chooseTopic(page, 'paspoort');
  await page.keyboard.press('Control+Enter');
  await headline(page, 'Naar Burgerzaken');
  await page.locator('.wissel-explanation', { hasText: 'Burgerzaken' }).waitFor();
  await page.getByText(/eerdere afspraken: waarom niet/).click();
  await page.locator('.wissel-losing li').first().waitFor();
  await assertAccessible(page, 'tried');

  const reference = await registerCallback();
  await page.goto(`${url}/zaak/${reference}`);
  await page.getByText('Waarom hier?').click();
  await page.locator('.wissel-explanation', { hasText: /versie \d+/ }).waitFor();
  await assertAccessible(page, 'case with its why');
  assertNoFaults(page);
});

test('the same question again: shown, and added with one key', options, async () => {
  const phone = `061${String(Date.now()).slice(-7)}`;
  const subject = newSubject();
  const reference = await registerCallback(subject, { phone, email: '' });
  const page = await signIn(browser, 'kim');
  await page.getByLabel('Onderwerp').fill('Waar blijft mijn paspoort');
  await page.getByLabel('Telefoonnummer').fill(phone);
  const open = page.getByRole('region', { name: /^Deze klant heeft al een open vraag/ });
  await open.waitFor();
  assert.match(await open.innerText(), new RegExp(`${subject}[\\s\\S]*hetzelfde telefoonnummer`));
  assert.match(await open.innerText(), /Burgerzaken/);
  await assertAccessible(page, 'register, open question');
  await page.keyboard.press('Alt+k');
  assert.equal(await registeredNumber(page), reference);
  await page.getByText('toegevoegd aan deze zaak').waitFor();
  await assertAccessible(page, 'added');

  await page.getByRole('link', { name: 'Zaak bekijken' }).click();
  await page.getByRole('heading', { name: 'De klant vroeg het nog een keer' }).waitFor();
  await page.getByText('De klant vroeg het nog eens').waitFor();
  await page.getByText('Waar blijft mijn paspoort').first().waitFor();
  await assertAccessible(page, 'case with a contact added');
  assertNoFaults(page);
});

test('acquisition: asked first, and proposed as the ending', options, async () => {
  const page = await signIn(browser, 'kim');
  await chooseTopic(page, 'acquisitie');
  await page.getByRole('group', { name: 'Vraag dit eerst' }).getByRole('checkbox').first().check();
  await page.getByLabel('Onderwerp').fill(newSubject('Aanbod'));
  await page.getByText('Acquisitie: niet doorzetten').waitFor();
  assert.ok(await page.getByLabel('Acquisitie', { exact: true }).isChecked());
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  assertNoFaults(page);
});

test('from a misroute to its rule', options, async () => {
  const reason = newSubject('Dit is voor Parkeren');
  // Two, so that two links without a reason stand one below the other for who may not read it.
  for (let i = 0; i < 2; ++i) {
    const reference = await registerCallback();
    await claim('lea', reference);
    await call('lea', 'cases.v1.CaseService/ReturnCase', {
      idempotencyKey: newKey(),
      reference,
      reason,
      suggestedTeamId: 'parkeren',
    });
  }
  const draft = await newDraftByCall();
  const page = await signIn(browser, 'lea', { path: '/werkafspraken/verkeerd-doorgezet' });
  const row = page.getByRole('row', { name: /^burgerzaken.*Burgerzaken/ });
  await row.waitFor();
  await page.getByRole('columnheader', { name: 'Hoort bij Parkeren' }).waitFor();
  await page.getByText(/^burgerzaken, bij Burgerzaken/).click();
  await assertAccessible(page, 'misroutes');
  // The KCC has the case now, so that it alone reads why.
  const kcc = await signIn(browser, 'kim', { path: '/werkafspraken/verkeerd-doorgezet' });
  await kcc.getByText(/^burgerzaken, bij Burgerzaken/).click();
  await kcc.getByText(reason).first().waitFor();
  assert.equal(await page.getByText(reason).count(), 0);
  await row.getByRole('link', { name: /aanpassen in concept/ }).click();
  await page.getByLabel('Naam van de afspraak').waitFor();
  assert.equal(await page.getByLabel('Naam van de afspraak').inputValue(), 'burgerzaken');
  await discard(draft.draftId);

  await page.goBack();
  await row.getByRole('button', { name: /aanpassen in een nieuw concept/ }).click();
  await page.getByLabel('Naam van de afspraak').waitFor();
  assert.equal(await page.getByLabel('Naam van de afspraak').inputValue(), 'burgerzaken');
  await discard(/concept\/(\d+)/.exec(page.url())[1]);
  assertNoFaults(page);
});
