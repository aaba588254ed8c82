/** How long after the first Ctrl-C a second signal counts as the same one: a terminal and a wrapper both send it. */
const echoMilliseconds = 300;

/**
 * Ctrl-C and SIGTERM, for the time of one command: the first aborts the signal, so that everything that was started is
 * stopped tidily; a second one ends the process at once.
 */
export function interruption(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  let first = 0;
  const listener = () => {
    if (first === 0) {
      first = Date.now();
      process.stderr.write("\nStopping (again to stop at once) ...\n");
      controller.abort();
    } else if (Date.now() - first > echoMilliseconds) {
      process.exit(130);
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, listener);
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
