import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Mailbox, openMailbox } from './capture-mail.ts';

let dir: string;
let mailbox: Mailbox;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'catraca-mailbox-'));
  mailbox = await openMailbox(dir, 0);
});

afterEach(async () => {
  await mailbox.close();
  rmSync(dir, { recursive: true });
});

it('keeps a mail that came over SMTP as it was sent', async () => {
  const transport = createTransport(`smtp://127.0.0.1:${mailbox.port}`);
  await transport.sendMail({
    from: 'Catraca <tickets@catraca.example>',
    to: 'ana@example.org',
    subject: 'Seus ingressos · três dias',
    text: 'Olá',
    attachments: [{ filename: 'tickets.pdf', content: Buffer.from([0, 1, 2, 255]) }],
  });
  const files = readdirSync(dir);
  expect(files).toHaveLength(1);
  const mail = await PostalMime.parse(readFileSync(path.join(dir, files[0] ?? '')));
  expect(mail.subject).toBe('Seus ingressos · três dias');
  expect(mail.to?.[0]).toMatchObject({ address: 'ana@example.org' });
  expect([...new Uint8Array(mail.attachments[0]?.content as ArrayBuffer)]).toEqual([0, 1, 2, 255]);
});
