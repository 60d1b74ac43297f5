import type { Db } from '../../client.ts';

/** Resolves once nothing can be written to the log of scans, with what lets it go. */
export async function holdLog(db: Db): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const holding = db.transaction(async (tx) => {
    await tx.execute('lock table scans in share mode');
    held.resolve(undefined);
    await release.promise;
  });
  await held.promise;
  return async () => {
    release.resolve(undefined);
    await holding;
  };
}
