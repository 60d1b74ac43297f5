/** What every parser of untrusted input answers: the value, or the named problem. It never throws. */
export type Parsed<Value, Problem extends string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };
