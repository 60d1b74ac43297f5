import { exportAudit } from '#lib/server/export-audit.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => exportAudit(event, null);
