/** Preloaded into each service: when who started it is killed, the service ends as if it had been told to. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep a service alive that has nothing left to do.
process.channel?.unref();
