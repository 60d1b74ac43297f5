/** Characters of a password. Long ones are strong without a rule about signs; what is longer than the most is no password. */
export const passwordLengthMin = 10;
export const passwordLengthMax = 128;
