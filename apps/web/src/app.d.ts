import type { ApiContext, Logger } from '@catraca/api';
import type { MemberRole } from '@catraca/db';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Of the member whose role does not include the page. */
      role?: MemberRole;
    }
    interface Locals {
      /** The request's own: each line has its id. */
      log: Logger;
      /** What a procedure called for this request gets; pages rendered on the server share it. */
      api: ApiContext;
    }
  }
}
