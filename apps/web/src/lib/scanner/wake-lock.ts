/** Keeps the screen on while the page is seen; the browser takes the lock back whenever it is not. Returns how to end it. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let ended = false;

  async function acquire(): Promise<void> {
    if (document.visibilityState !== 'visible' || !navigator.wakeLock) return;
    // Refused when the battery is low: then the screen dims, and nothing else is lost.
    const granted = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (ended) void granted?.release();
    else lock = granted;
  }

  const onvisible = () => void acquire();
  document.addEventListener('visibilitychange', onvisible);
  void acquire();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', onvisible);
    void lock?.release();
  };
}
