import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { OutputVerdict, Verification } from "../verdict.ts";

/** The pictures of an output that is not the same on both sides, as files; absent where a side has none. */
export interface PicturePair {
  readonly notebook?: string | undefined;
  readonly project?: string | undefined;
}

/** Media types of pictures that a page can show, by the ending of their names. */
const mediaTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** True for a file that a page can show as a picture, by its ending. */
export function isPicture(path: string): boolean {
  return extname(path).toLowerCase() in mediaTypes;
}

/** A page with more than this in one picture helps nobody. */
const mostBytes = 4 * 1024 ** 2;

/** Keeps the pictures of outputs below the folder of the proof. Returns the outputs, which name theirs by number. */
export async function keepPictures(
  workFolder: string,
  outputs: readonly OutputVerdict[],
  pairs: ReadonlyMap<OutputVerdict, PicturePair>,
): Promise<readonly OutputVerdict[]> {
  const folder = join(workFolder, "pictures");
  const kept: OutputVerdict[] = [];
  for (const [at, output] of outputs.entries()) {
    const sides = Object.entries(pairs.get(output) ?? {}).flatMap(([side, file]) =>
      file ? [[side, file] as const] : [],
    );
    if (sides.length > 0) await mkdir(folder, { recursive: true });
    for (const [side, file] of sides) await copyFile(file, join(folder, `${at}-${side}${extname(file)}`));
    kept.push(sides.length > 0 ? { ...output, picture: at } : output);
  }
  return kept;
}

/** The kept pictures of a proof as `data:` addresses, by the numbers that its outputs have. */
export async function readPictures(
  workFolder: string,
  { outputs }: Verification,
): Promise<ReadonlyMap<number, PicturePair>> {
  const folder = join(workFolder, "pictures");
  const names = await readdir(folder).catch(() => []);
  const found = new Map<number, PicturePair>();
  for (const { picture } of outputs) {
    if (picture === undefined) continue;
    const side = async (which: string): Promise<string | undefined> => {
      const name = names.find((each) => each.startsWith(`${picture}-${which}.`));
      const bytes = name === undefined ? undefined : await readFile(join(folder, name));
      if (name === undefined || bytes === undefined || bytes.length > mostBytes) return undefined;
      return `data:${mediaTypes[extname(name).toLowerCase()]};base64,${bytes.toString("base64")}`;
    };
    found.set(picture, { notebook: await side("notebook"), project: await side("project") });
  }
  return found;
}
