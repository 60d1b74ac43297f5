/** Stops at a bug of ours. Never used for what a user, a device or the network can cause: that is refused with a value. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Thrown by `assert`: the program is wrong, not its input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}
