import { qrShape } from '@catraca/documents';
import { CERTIFICATE_PAGE, WEB_ORIGIN } from '$app/env/private';
import { rootCertificate } from '#lib/server/root-certificate.ts';
import type { PageServerLoad } from './$types';

/** It is read before the phone trusts us: no script comes with it. */
export const csr = false;

export const load: PageServerLoad = async ({ request, setHeaders }) => {
  const { fingerprint256 } = await rootCertificate();
  setHeaders({ 'cache-control': 'no-store' });
  const agent = request.headers.get('user-agent') ?? '';
  return {
    fingerprint: fingerprint256,
    scanner: `${WEB_ORIGIN}/scan`,
    page: CERTIFICATE_PAGE ? { address: CERTIFICATE_PAGE, code: qrShape(CERTIFICATE_PAGE) } : null,
    isAndroid: agent.includes('Android'),
    isPhone: /Android|iPhone|iPad/.test(agent),
  };
};
