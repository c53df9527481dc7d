// What goes wrong on the way: a session that ends, a network that is away, an answer that is lost.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTcpProxy } from './tcp_proxy.mjs';
import {
  assertAccessible,
  assertNoFaults,
  fillCallback,
  fillSignIn,
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
// The browser reaches Wissel through a proxy that can be cut, under the address that Wissel knows.
const proxy = await openTcpProxy(url);
after(() => proxy.close());
const { host } = new URL(url);
const browser = await openBrowser(`--host-resolver-rules=MAP ${host} 127.0.0.1:${proxy.port}`);

const notLive = (page) => page.locator('.wissel-live[data-status=lost]').waitFor();

test('a session that ends: what was typed stays, and work goes on', options, async () => {
  const page = await signIn(browser, 'kim');
  const subject = newSubject();
  await fillCallback(page, subject);
  await page.getByText('naar Burgerzaken').waitFor();
  await page.context().clearCookies();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'U bent uitgelogd' }).waitFor();
  await assertAccessible(page, 'session ended');
  await page.keyboard.press('Escape');
  assert.ok(await page.getByRole('dialog').isVisible(), 'it is not passed by');
  await fillSignIn(page, 'kim');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Onderwerp').inputValue(), subject);
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  assertNoFaults(page);
});

test('another colleague at the same desk starts with empty screens', options, async () => {
  const page = await signIn(browser, 'kim');
  await page.getByLabel('Onderwerp').fill(newSubject());
  await page.getByRole('button', { name: 'Uitloggen' }).click();
  await page.getByLabel('Wachtwoord').waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  assert.equal(kept, '{}');
  await fillSignIn(page, 'kim');
  await page.getByLabel('Onderwerp').waitFor();
  assert.equal(await page.getByLabel('Onderwerp').inputValue(), '');
});

test('the connection is cut: the list says so, and catches up when it is back', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken' });
  await isLive(page);
  await showAll(page);
  proxy.cut();
  await notLive(page);
  await assertAccessible(page, 'queue, not live');
  const reference = await registerCallback();
  proxy.restore();
  // Gone already when the list tried again by itself at this very moment.
  const connect = page.getByRole('button', { name: 'Nu verbinden' });
  await Promise.any([connect.click(), isLive(page)]);
  await isLive(page);
  await rowOf(page, reference).waitFor();
  const next = await registerCallback();
  await rowOf(page, next).waitFor();
  assertNoFaults(page);
});

test('the device goes off line and comes back by itself', options, async () => {
  const page = await signIn(browser, 'bas', { path: '/werkvoorraad/burgerzaken' });
  await isLive(page);
  await showAll(page);
  await page.context().setOffline(true);
  await notLive(page);
  const reference = await registerCallback();
  await page.context().setOffline(false);
  await isLive(page);
  await rowOf(page, reference).waitFor();
});

test('the answer to a registration is lost: it is there once', options, async () => {
  const page = await signIn(browser, 'kim');
  await fillCallback(page, newSubject());
  await page.getByText('naar Burgerzaken').waitFor();
  proxy.loseNextAnswer('/wissel.intake.v1.IntakeService/RegisterCallback');
  await page.keyboard.press('Control+Enter');
  await registeredNumber(page);
  await page.getByText('Er is niets dubbel opgeslagen').waitFor();
  assert.equal(proxy.lost(), 1);
  assertNoFaults(page);
});

test('the connection stays away: the form waits, also over a reload', options, async () => {
  const page = await signIn(browser, 'kim');
  const subject = newSubject();
  await fillCallback(page, subject);
  await page.getByText('naar Burgerzaken').waitFor();
  proxy.loseNextAnswer('/wissel.intake.v1.IntakeService/RegisterCallback', { andCut: true });
  await page.keyboard.press('Control+Enter');
  await page.getByText('Wij weten niet of dit is opgeslagen.').waitFor();
  assert.ok(await page.getByLabel('Onderwerp').isDisabled());
  await assertAccessible(page, 'register, not known whether it arrived');
  proxy.restore();
  await page.reload();
  await page.getByText('Wij weten niet of dit is opgeslagen.').waitFor();
  assert.equal(await page.getByLabel('Onderwerp').inputValue(), subject);
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await registeredNumber(page);
  await page.getByText('Er is niets dubbel opgeslagen').waitFor();
  assertNoFaults(page);
});

test('the code of a page is away: it is said, and loaded at a press', options, async () => {
  const page = await signIn(browser, 'max', { path: '/werkvoorraad/burgerzaken' });
  await isLive(page);
  proxy.cut();
  await page.getByRole('link', { name: 'Cijfers' }).click();
  await page.getByText('Deze pagina kon niet worden geladen.').waitFor();
  await assertAccessible(page, 'dashboard, away');
  proxy.restore();
  await page.getByRole('button', { name: 'Pagina opnieuw laden' }).click();
  await page.locator('.wissel-dashboard').waitFor();
});

test('the figures are away: it is said, and tried again at a press', options, async () => {
  const page = await signIn(browser, 'max');
  await page.locator('.wissel-dashboard').waitFor();
  proxy.cut();
  await page.getByRole('link', { name: 'Tabel', exact: true }).click();
  await page.getByText('Er is geen verbinding met Wissel.').waitFor();
  await assertAccessible(page, 'figures, away');
  proxy.restore();
  await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
  await page.getByRole('table').waitFor();
  assertNoFaults(page);
});
