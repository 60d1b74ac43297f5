import { router } from '../trpc.ts';
import { searchAudit, searchEventAudit } from './search-audit.ts';

export const auditRouter = router({ search: searchAudit, ofEvent: searchEventAudit });
