import { rootCertificate } from '#lib/server/root-certificate.ts';
import type { RequestHandler } from './$types';

/** DER, as phones want it, under the type at which they offer to install it. */
export const GET: RequestHandler = async () =>
  new Response(Uint8Array.from((await rootCertificate()).raw), {
    headers: {
      'content-type': 'application/x-x509-ca-cert',
      'content-disposition': 'attachment; filename="catraca-root.crt"',
      'cache-control': 'no-store',
    },
  });
