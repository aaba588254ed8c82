/** Signals that end programs, by their numbers on Linux: an exit status above 128 is such a number, plus 128. */
export const linuxSignals: Readonly<Record<number, string>> = {
  2: "SIGINT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
};
