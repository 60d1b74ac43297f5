import { z } from 'zod';
import { countField } from '../fields.ts';

/** Names one run of one feed: numbers of different epochs have nothing to do with each other. */
export const epochField = z.string().min(1).max(64);

/** Counts the frames of an epoch, from 0 for its first snapshot, without a gap. */
export const seqField = countField;
