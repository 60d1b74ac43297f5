import type { MemberRole } from '@catraca/db';
import { demoPassword } from '@catraca/db/seed';
import type { Page } from 'playwright';

export const emailOf = (role: MemberRole) => `${role}@catraca.example`;

/** Fills in the sign-in page that is open, and waits for what comes after it. */
export async function signIn(page: Page, role: MemberRole, password = demoPassword): Promise<void> {
  await page.getByLabel('E-mail').fill(emailOf(role));
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** The cookie of a new session, for requests without a browser. */
export async function sessionCookie(webUrl: string, role: MemberRole): Promise<string> {
  const response = await fetch(`${webUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: webUrl },
    body: JSON.stringify({ email: emailOf(role), password: demoPassword }),
  });
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  if (!response.ok || cookie.length === 0) throw new Error(`${role} was not let in`);
  return cookie.join('; ');
}

/** The same for a browser: `context.addCookies`. */
export async function browserCookies(webUrl: string, role: MemberRole) {
  const cookies = await sessionCookie(webUrl, role);
  return cookies.split('; ').map((cookie) => {
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    return { name, value, url: webUrl };
  });
}
