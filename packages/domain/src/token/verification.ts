/**
 * Whether a token is ours. `unknown_key`: nobody here has the key it names: a forgery, or keys that are not here yet,
 * so a reader may ask for keys again; at a gate the verdict of both is `bad_signature`.
 */
export type Verification = 'valid' | 'unknown_key' | 'bad_signature';

/** Finds a public key by its id. Retired keys stay in it: a rotation invalidates nothing that was sold. */
export type KeyLookup<Key> = (keyId: number) => Key | undefined;
