import { router } from '../trpc.ts';
import { listDesigns, saveDesign } from './designs.ts';
import { printBadges } from './print-badges.ts';
import { sampleBadge } from './sample-badge.ts';

/** How badges look, and printing them. */
export const badgeRouter = router({
  designs: listDesigns,
  save: saveDesign,
  sample: sampleBadge,
  print: printBadges,
});
