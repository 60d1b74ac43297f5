/** Every figure and threshold, for the command that started k6: it tells broken correctness from missed latency. */
export function handleSummary(data) {
  return { [`${__ENV.LOAD_DATA}/summary.json`]: JSON.stringify(data) };
}
