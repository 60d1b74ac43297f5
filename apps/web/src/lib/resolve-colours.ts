/** The page's colours by name (`ink-soft`) for a canvas, which knows no variables. Ask again when light turns dark. */
export function resolveColours<Use extends string>(
  node: HTMLElement,
  names: Record<Use, string>,
): Record<Use, string> {
  const probe = node.ownerDocument.createElement('span');
  // For who wants less motion transitions take no time, and still begin at the colour before.
  probe.style.transitionProperty = 'none';
  // What a canvas has in it is not styled.
  (node.parentElement ?? node).append(probe);
  const style = getComputedStyle(probe);
  const resolved = { ...names };
  for (const use in names) {
    probe.style.color = `var(--color-${names[use]})`;
    resolved[use] = style.color;
  }
  probe.remove();
  return resolved;
}
