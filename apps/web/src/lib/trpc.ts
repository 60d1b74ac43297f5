import type { AppRouter } from '@catraca/api';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import * as devalue from 'devalue';

/** Long batches become several requests rather than an address that proxies refuse. */
const urlLengthMax = 2_000;

/**
 * The typed client of `/trpc`. In a `load`, give its `fetch`: on the server it calls the procedure
 * without a network, and the page does not ask again when it starts in the browser.
 */
export function trpc(fetcher: typeof fetch = fetch) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: '/trpc',
        // tRPC's own minimal fetch types say `undefined` where the DOM's say `null`.
        fetch: (input, init) => fetcher(input as RequestInfo, init as RequestInit),
        maxURLLength: urlLengthMax,
        transformer: { serialize: devalue.stringify, deserialize: devalue.parse },
      }),
    ],
  });
}

type ApiError = TRPCClientError<AppRouter>;

/** The API's own answer in a thrown error, or null when the call did not even reach it. */
export function apiError(error: unknown): NonNullable<ApiError['data']> | null {
  return error instanceof TRPCClientError ? ((error as ApiError).data ?? null) : null;
}
