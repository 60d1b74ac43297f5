import { z } from 'zod';

/** Characters of a device's name: it must fit a line of the control room. */
const nameLengthMax = 60;

export const deviceNameInput = z.string().trim().min(1).max(nameLengthMax);
