import { z } from 'zod';

/** What buyers read out; one has nine characters. */
export const referenceInput = z.string().min(1).max(40);

/** Characters of a person's name: the longest legal ones fit. */
const nameLengthMax = 120;

/** Characters of an e-mail address (RFC 5321, 4.5.3.1.3). */
const emailLengthMax = 254;

/** As many passes as one line can have: 50 units of 50 people. */
const namesPerLineMax = 2_500;

/** No line breaks or other controls: a name is printed on tickets and in mail headers. */
const printable = /^[^\p{Cc}]*$/u;

const name = z.string().trim().max(nameLengthMax).regex(printable);

/** Who buys. */
export const buyerInput = z.object({
  name: name.min(1),
  email: z.email().max(emailLengthMax),
});

/** Who will hold the passes of a type or of one seat, in order; an empty name is the buyer's. */
export const holdersInput = z
  .array(
    z.object({
      typeNo: z.number().int().positive(),
      seatId: z
        .string()
        .regex(/^[1-9]\d{0,16}$/)
        .optional(),
      names: z.array(name).max(namesPerLineMax),
    }),
  )
  .max(200);
