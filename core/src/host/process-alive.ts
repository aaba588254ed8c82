/** Whether a process of this machine runs, whoever started it. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One of another user may not be asked.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
