/** The set with `publicId` if it was not in it, and without it if it was. */
export function toggled(chosen: ReadonlySet<string>, publicId: string): ReadonlySet<string> {
  return chosen.has(publicId)
    ? new Set([...chosen].filter((one) => one !== publicId))
    : new Set([...chosen, publicId]);
}
