import type { ApiContext, Logger } from '@catraca/api';
import type { MemberRole } from '@catraca/db';
import type { SignedIn } from '#lib/server/auth/find-signed-in.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Of the member whose role does not include the page. */
      role?: MemberRole;
    }
    /** Of an entry of the browser's history: in no address, and in no log. */
    interface PageState {
      /** What was typed into the search of a list. */
      searched?: string;
    }
    interface Locals {
      /** The request's own: each line has its id. */
      log: Logger;
      /** What a procedure called for this request gets; pages rendered on the server share it. */
      api: ApiContext;
      /** Whose session this is, even when its second factor is open: for the pages that end that, and for no others. */
      signedIn: SignedIn | null;
    }
  }
}
