/** A venue's own network as its phones see it: the root installed, then everything over the one address. */
import { freePort } from '@catraca/db/embedded';
import { makePasses, makeSmallEvent } from '@catraca/db/gate/testing';
import { testDatabase } from '@catraca/db/testing';
import { makeDesk, makeDeskStaff } from '@catraca/db/testing/desk';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../scripts/lib/gateway/find-nginx.ts';
import { type Service, startService } from '../../scripts/lib/service.ts';
import { signIn } from '../admin/staff.ts';
import { answer, openScanner, typeAsReader } from '../scan/scanner.ts';
import { launchOptions } from '../support/browser.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { laptop, phone } from '../support/screens.ts';
import { startSite } from '../support/site.ts';
import { hasNginx, planFront } from './front.ts';

/** Installs the root where Chromium looks for those that its user trusts. */
const hasCertutil = findProgram('certutil') !== undefined;
if (!hasCertutil)
  console.warn('No certutil: the gateway is not tested in a browser (Debian: libnss3-tools).');

describe.skipIf(!hasNginx || !hasCertutil)('on the venue’s network', async () => {
  if (!hasNginx || !hasCertutil) return;
  const { db, url } = await testDatabase();
  const event = await makeSmallEvent(db);
  const desk = await makeDesk(db);
  await makeDeskStaff(db, desk);
  const [webPort, realtimePort, secondPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const front = await planFront({ webPort, realtimePorts: [realtimePort, secondPort] });
  const ports = { PORT: String(webPort), REALTIME_PORT: String(realtimePort) };
  const site = await startSite({
    databaseUrl: url,
    services: ['web', 'realtime'],
    environment: { ...ports, ...front.environment },
  });
  afterAll(() => site.stop());
  const folder = mkdtempSync(path.join(tmpdir(), 'catraca-home-'));
  const second: Service = await startService(
    'realtime',
    { ...site.environment, REALTIME_PORT: String(secondPort) },
    folder,
  );
  afterAll(() => second.stop());
  await front.start();
  const trusting = await launch(path.join(folder, 'trusting'), front.environment.ROOT_CERTIFICATE);
  const stranger = await launch(path.join(folder, 'stranger'));
  afterAll(async () => {
    await Promise.all([trusting.close(), stranger.close()]);
    rmSync(folder, { recursive: true });
  });
  const plain = `http://localhost:${front.httpPort}`;

  /** A Chromium whose user trusts a root, or none. */
  async function launch(home: string, root?: string): Promise<Browser> {
    const store = `sql:${path.join(home, '.pki/nssdb')}`;
    mkdirSync(path.join(home, '.pki/nssdb'), { recursive: true });
    execFileSync('certutil', ['-d', store, '-N', '--empty-password']);
    if (root) execFileSync('certutil', ['-d', store, '-A', '-n', 'venue', '-t', 'C,,', '-i', root]);
    const fakeCamera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    return chromium.launch({ ...launchOptions(fakeCamera), env: { ...process.env, HOME: home } });
  }

  test('a phone that does not trust the site yet gets the root over plain http, and nothing else', async () => {
    const warned = await stranger.newPage(phone);
    await expect(warned.goto(site.webUrl)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    await warned.close();
    const page = await stranger.newPage({ ...phone, locale: 'pt-BR' });
    await page.goto(`${plain}/ca`);
    await page.getByRole('heading', { name: 'Confie no servidor deste local' }).waitFor();
    const shown = await page.locator('code').allInnerTexts();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Baixar o certificado' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('catraca-root.crt');
    const answered = await fetch(`${plain}/ca/root.crt`);
    expect(answered.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    const certificate = new X509Certificate(new Uint8Array(await answered.arrayBuffer()));
    expect(shown.join(':')).toBe(certificate.fingerprint256);
    expect(certificate.fingerprint256).toBe(new X509Certificate(front.root()).fingerprint256);
    for (const other of ['/', '/scan', '/trpc/event.list', '/sign-in', '/dev/mail', '/ca/x']) {
      const { status } = await fetch(plain + other, { redirect: 'manual' });
      expect([other, status]).toEqual([other, 308]);
    }
    await page.close();
  });

  test.each([
    ['phone', phone],
    ['laptop', laptop],
  ])('the page with the root looks well on a %s', async (_, options) => {
    const page = await stranger.newPage(options);
    await page.goto(`${plain}/ca`);
    await expectGoodLooks(page);
    await page.close();
  });

  test('the storefront opens, and who signs in has cookies that only https carries', async () => {
    const page = await trusting.newPage(phone);
    const complaints: string[] = [];
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    await page.goto(plain);
    expect(page.url()).toBe(`${site.webUrl}/`);
    await page.goto(`${site.webUrl}/sign-in`);
    await signIn(page, 'owner');
    const cookies = await page.context().cookies();
    const session = cookies.filter(({ name }) => name.includes('session'));
    expect(session.length).toBeGreaterThan(0);
    expect(session.every(({ secure, httpOnly }) => secure && httpOnly)).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('what is left is told while the stream goes on', async () => {
    const target = `${site.webUrl}/events/${desk.eventSlug}/availability`;
    const asked = get(target, { ca: front.root() });
    const [stream] = (await once(asked, 'response')) as [IncomingMessage];
    expect(stream.headers['content-type']).toBe('text/event-stream');
    let said = '';
    for await (const piece of stream.setEncoding('utf8')) {
      said += String(piece);
      if (said.includes('event: whole')) break;
    }
    expect(said).toMatch(/^retry: \d+\n\nevent: whole\n/);
  });

  test('a scanner has its camera and its verdicts over wss, also when the process it spoke with is killed', async () => {
    const page = await trusting.newPage(phone);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await openScanner(page, site, db, event);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    const hasPicture = () => (document.querySelector('video')?.videoWidth ?? 0) > 0;
    await expect.poll(() => page.evaluate(hasPicture)).toBe(true);
    const passes = await makePasses(db, event, event.types.once, 2);
    await typeAsReader(page, passes[0]?.token ?? '');
    await answer(page, 'admitted').waitFor();
    await answer(page, 'admitted').waitFor({ state: 'detached' });

    const metrics = await fetch(`http://127.0.0.1:${secondPort}/metrics`);
    const isAtSecond = /^catraca_gate_sockets 1$/m.test(await metrics.text());
    (isAtSecond ? second : site.service('realtime')).process.kill('SIGKILL');
    await typeAsReader(page, passes[1]?.token ?? '');
    await answer(page, 'admitted').waitFor();
    const gate = `${site.webUrl.replace('https', 'wss')}/v1/gate`;
    expect(sockets.filter((address) => address === gate).length).toBeGreaterThan(1);
    expect(new Set(sockets)).toEqual(new Set([gate]));
    await page.close();
  });
});
