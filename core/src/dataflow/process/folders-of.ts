/** So many folders at most are told of what is written in them, the outermost first. */
const deepestFolder = 32;

/** The folders that a path stands in, outermost first; the working directory is the empty text. */
export function foldersOf(key: string): readonly string[] {
  if (key === "") return [];
  const folders = key.startsWith("/") ? ["/"] : [""];
  for (let at = key.indexOf("/", 1); at !== -1 && folders.length < deepestFolder; at = key.indexOf("/", at + 1)) {
    folders.push(key.slice(0, at));
  }
  return folders;
}
