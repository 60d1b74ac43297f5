import type { ApiContext } from '@catraca/api';

declare global {
  namespace App {
    interface Locals {
      /** What a procedure called for this request gets; pages rendered on the server share it. */
      api: ApiContext;
    }
  }
}
