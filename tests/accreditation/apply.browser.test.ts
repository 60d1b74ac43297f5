/// <reference lib="dom" />
import { schema } from '@catraca/db';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { openDesk } from '../admin/desk.ts';
import { browserCookies } from '../admin/staff.ts';
import { started, testBrowser } from '../support/browser.ts';
import { linkIn, mailTo } from './mails.ts';
import { look, lookAtDialog } from './look.ts';
import { facePhoto } from './photo.ts';

const { db, desk, site } = await openDesk();
await site.start('worker');
const browser = await testBrowser();
const base = `${site.webUrl}/admin/${desk.eventSlug}`;
const laptop = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-GB' };
const contact = 'stand@exhibitor.example';

/** Of the delegation, and of the form that everybody may fill. */
let delegationLink = '';
let publicLink = '';

async function asMember(role: 'manager' | 'accreditation'): Promise<Page> {
  const context = await browser.newContext(laptop);
  await context.addCookies(await browserCookies(site.webUrl, role));
  return context.newPage();
}

async function open(page: Page, address: string): Promise<Page> {
  await page.goto(address);
  await started(page);
  return page;
}

const onPhone = async (address: string) =>
  open(await (await browser.newContext(phone)).newPage(), address);

const mail = (to: string, subject: string) => mailTo(site.mailboxDir, { to, subject });

async function statesOfApplications(): Promise<string[]> {
  const rows = await db.select().from(schema.applications).orderBy(schema.applications.createdAt);
  return rows.map(({ state }) => state);
}

test('X-6: an organizer makes a credential type with areas and days, a form, and two places for one exhibitor', async () => {
  const page = await open(await asMember('manager'), `${base}/types?kind=credential`);
  await page.getByRole('link', { name: 'New credential type' }).click();
  await page.getByRole('heading', { name: 'New credential type' }).waitFor();
  await page.getByLabel('Name (English)').fill('Exhibitor');
  await page.getByRole('combobox', { name: /^Hall/ }).last().selectOption('Hours …');
  await page.getByLabel('From', { exact: true }).fill('09:00');
  await page.getByLabel('To', { exact: true }).fill('18:00');
  await look(page, 'type');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Exhibitor' }).waitFor();

  await open(page, `${base}/accreditation/forms`);
  await page.getByRole('button', { name: 'Set up: Exhibitor' }).click();
  await page.getByLabel('Open to everybody who has the address').check();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByLabel('Answer', { exact: true }).selectOption('One of a list');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Write at least two choices.').waitFor();
  await page.getByLabel('In English').fill('Shirt size');
  await page.getByLabel('Choices, one a line').fill('Small / Pequena / Pequeña\nLarge / Grande');
  await page.getByText('Write at least two choices.').waitFor({ state: 'detached' });
  await look(page, 'form');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Open to everybody', { exact: true }).waitFor();
  await look(page, 'forms');
  const types = await db.select().from(schema.passTypes);
  const made = types.find(({ kind }) => kind === 'credential');
  publicLink = `${site.webUrl}/apply/${desk.eventSlug}/${made?.no ?? ''}`;

  await open(page, `${base}/accreditation/delegations`);
  await page.getByText('No delegations yet').waitFor();
  await page.getByRole('button', { name: 'New delegation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail of the contact').fill('nobody');
  await dialog.getByLabel('Exhibitor').fill('many');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText('Give it a name.').waitFor();
  await dialog.getByText('This is not an e-mail address.').waitFor();
  await dialog.getByText('A whole number from 0 to 10000.').waitFor();
  await dialog.getByLabel('Name', { exact: true }).fill('Editora Farol');
  await dialog.getByLabel('E-mail of the contact').fill(contact);
  await dialog.getByLabel('Exhibitor').fill('2');
  await lookAtDialog(page, 'delegation');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  delegationLink = await page.getByTestId('delegation-link').innerText();
  await lookAtDialog(page, 'delegation-link');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Exhibitor: 0 of 2 used').waitFor();
  await look(page, 'delegations');
  const invited = await mail(contact, 'Accredit your people for Desk event');
  expect(linkIn(invited, '/apply/')).toBe(delegationLink);
});

test('X-4: what is wrong is said beside its field, nothing typed is lost, and the quota is kept', async () => {
  const page = await onPhone(delegationLink);
  await page.getByText('2 of 2 places left').waitFor();
  await look(page, 'exhibitor-empty');
  await page.getByRole('button', { name: 'Add a person: Exhibitor' }).click();
  await page.getByLabel('Full name').fill('Ana Clara Prado');
  await page.getByLabel('Document number').fill('-');
  await page.getByLabel('Date of birth').fill('2999-01-01');
  await page.getByLabel('E-mail').fill('ana');
  await page.getByRole('button', { name: 'Send the application' }).click();
  for (const wrong of [
    'This is not an e-mail address.',
    'A document number has at least four',
    'This is not a date of birth.',
    'This is needed.',
    '5 fields need your attention.',
  ]) {
    await page.getByText(wrong).first().waitFor();
  }
  expect(await page.getByLabel('Full name').inputValue()).toBe('Ana Clara Prado');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('email');
  await look(page, 'exhibitor-wrong');

  await page.getByLabel('Document number').fill('AB 12.345');
  await page.getByLabel('Date of birth').fill('1990-04-12');
  await page.getByLabel('E-mail').fill('ana@exhibitor.example');
  await page.getByLabel('Shirt size').selectOption('Large');
  await page.getByLabel('Choose a picture').setInputFiles({
    ...{ name: 'face.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') },
  });
  await page.getByText('This is not a picture we can read.').waitFor();
  await page.getByLabel('Choose a picture').setInputFiles(facePhoto());
  await page.getByLabel('Left and right').focus();
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowLeft');
  await page.getByLabel('Zoom').focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Send the application' }).click();
  await page.getByText('Without this consent we may not keep the photo.').waitFor();
  expect(await page.getByLabel('Document number').inputValue()).toBe('AB 12.345');
  await page.getByLabel('Ana Clara Prado agrees').check();
  await page.getByText('Without this consent').waitFor({ state: 'detached' });
  await look(page, 'exhibitor-form');
  await page.getByRole('button', { name: 'Send the application' }).click();
  await page.getByText('Ana Clara Prado was added').waitFor();
  await page.getByText('1 of 2 places left').waitFor();

  await page.getByRole('button', { name: 'Add a person: Exhibitor' }).click();
  await fillPerson(page, { name: 'Rui Vale', document: 'ZX 98 765', shirt: 'Small' });
  await page.getByText('Rui Vale was added').waitFor();
  await page.getByText('No places left').waitFor();
  expect(await page.getByRole('button', { name: 'Add a person: Exhibitor' }).isDisabled()).toBe(
    true,
  );
  await look(page, 'exhibitor-full');
  await mail('ana@exhibitor.example', 'We have your application');
  // Rui gave no address: what is about him comes to the contact of the delegation.
  await mail(contact, 'We have your application');
});

async function fillPerson(
  page: Page,
  person: { name: string; document: string; shirt: string; email?: string },
): Promise<void> {
  await page.getByLabel('Full name').fill(person.name);
  if (person.email) await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Document number').fill(person.document);
  await page.getByLabel('Date of birth').fill('1985-11-30');
  await page.getByLabel('Shirt size').selectOption(person.shirt);
  await page.getByLabel('Choose a picture').setInputFiles(facePhoto('#8f5a3f'));
  await page.getByLabel(`${person.name} agrees`).check();
  await page.getByRole('button', { name: 'Send the application' }).click();
}

test('X-3: the same document again, by the public form, is shown to who reviews', async () => {
  const applicant = await onPhone(publicLink);
  await look(applicant, 'public-form');
  await fillPerson(applicant, {
    ...{ name: 'Ana C. Prado', document: 'ab-12345', shirt: 'Large' },
    email: 'twice@applicant.example',
  });
  await applicant.getByText('Your application has arrived').waitFor();
  await look(applicant, 'public-sent');
  await applicant.getByRole('link', { name: 'See your application' }).click();
  await applicant.getByText('Being checked').waitFor();
  await look(applicant, 'application');

  const page = await open(await asMember('accreditation'), `${base}/accreditation`);
  expect(await page.getByText('Applied twice').count()).toBe(2);
  await page.getByRole('button', { name: /^Ana C\. Prado/ }).click();
  const card = page.getByRole('region', { name: 'Ana C. Prado' });
  await card.getByText('The same person has applied before').waitFor();
  await card.getByRole('button', { name: 'Ana Clara Prado' }).waitFor();
  await card.getByText('AB 12.345').waitFor();
  await look(page, 'review-twice');
  // A rejection's mail waits for twenty seconds: it is read in the next test.
  await card.getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Message to the applicant').fill('You came by your exhibitor.');
  await lookAtDialog(page, 'reject');
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await page.getByText('1 done').waitFor();
  expect(await statesOfApplications()).toEqual(['submitted', 'submitted', 'rejected']);
});

test('X-1: one is asked again and mended, both are approved at once, and each step is mailed', async () => {
  const page = await open(await asMember('accreditation'), `${base}/accreditation`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: /^Rui Vale/ }).click();
  // By keyboard: q asks again.
  await page.keyboard.press('q');
  await dialog.getByRole('button', { name: 'Ask again' }).click();
  await dialog.getByText('Say what is to be mended.').waitFor();
  await dialog.getByLabel('Message to the applicant').fill('The number has a digit too few.');
  await dialog.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('1 done').waitFor();
  expect(await statesOfApplications()).toEqual(['submitted', 'asked', 'rejected']);

  const asked = await mail(contact, 'Something is missing');
  expect(asked.text).toContain('The number has a digit too few.');
  const applicant = await onPhone(linkIn(asked, '/applications/'));
  await applicant.getByText('The number has a digit too few.').waitFor();
  await look(applicant, 'application-asked');
  expect(await applicant.getByLabel('Shirt size').inputValue()).toBe('Small');
  await applicant.getByLabel('Document number').fill('ZX 98 7654');
  await applicant.getByRole('button', { name: 'Send again' }).click();
  await applicant.getByText('The changes have arrived').waitFor();

  await open(page, `${base}/accreditation`);
  await page.getByLabel('Choose all on this page').check();
  await page.getByText('2 chosen').waitFor();
  await look(page, 'review-chosen');
  await page.getByRole('button', { name: 'Approve' }).click();
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('2 done').waitFor();
  await page.getByText('Nothing waits for you').waitFor();
  await look(page, 'review-empty');
  expect(await statesOfApplications()).toEqual(['approved', 'approved', 'rejected']);

  const approved = await mail('ana@exhibitor.example', 'Approved: credential for Desk event');
  const holder = await onPhone(linkIn(approved, '/tickets/'));
  await holder.getByText('Ana Clara Prado').first().waitFor();
  await mail(contact, 'Approved: credential for Desk event');
  const rejected = await mail('twice@applicant.example', 'About an application');
  expect(rejected.text).toContain('You came by your exhibitor.');
  const exhibitor = await onPhone(delegationLink);
  expect(await exhibitor.getByText('Approved').count()).toBe(2);
  await look(exhibitor, 'exhibitor-approved');
});
