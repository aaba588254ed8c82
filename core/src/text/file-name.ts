/** The last part of a path, whichever system it was written on. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
