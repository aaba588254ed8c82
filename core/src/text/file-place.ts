/**
 * One text for one file, however its path is written: `a/./b`, `a//b` and `a/c/../b` are `a/b`. The folder in which
 * the notebook began is the empty text. Links in the file system are not known here.
 */
export function filePlace(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return (path.startsWith("/") ? "/" : "") + steps.join("/");
}
