import { Refusal } from '@catraca/api';
import { error } from '@sveltejs/kit';

/** A PDF to look at, print or save. @throws 404 when the API refuses it: only who has the signed address gets one. */
export async function pdfResponse(pdf: Promise<Uint8Array>, name: string): Promise<Response> {
  const bytes = await pdf.catch((cause: unknown) => {
    if (cause instanceof Refusal) error(404);
    throw cause;
  });
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'cache-control': 'private, no-store',
    },
  });
}
