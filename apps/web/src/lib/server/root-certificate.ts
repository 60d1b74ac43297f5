import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { error } from '@sveltejs/kit';
import { ROOT_CERTIFICATE } from '$app/env/private';

/** The certificate of the venue's own authority. @throws 404 where the site has none, because everybody trusts it anyway. */
export async function rootCertificate(): Promise<X509Certificate> {
  if (!ROOT_CERTIFICATE) error(404);
  return new X509Certificate(await readFile(ROOT_CERTIFICATE).catch(() => error(404)));
}
