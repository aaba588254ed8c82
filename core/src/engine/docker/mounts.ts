import { isAbsolute, relative, resolve, sep } from "node:path";
import { agentFolder } from "../../host/assets.ts";

/** Where the agent's folder lies in a container. */
export const agentInside = "/opt/reprise/agent";

/** A folder of this machine that a container sees. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** A folder that was handed over, by its absolute path on this machine. */
export interface SharedFolder {
  readonly path: string;
  readonly readOnly: boolean;
}

/** The folders that were handed over, the working directory where it is in none of them, and the agent. */
export function mountsFor(folders: readonly SharedFolder[], directory: string): readonly Mount[] {
  const working = resolve(directory);
  const own = folders.some(({ path }) => holds(path, working))
    ? folders
    : [...folders, { path: working, readOnly: false }];
  return [
    ...own.map(({ path, readOnly }) => ({ source: path, target: pathInContainer(path), readOnly })),
    { source: agentFolder, target: agentInside, readOnly: true },
  ];
}

/** A path of this machine as it is called inside: the same one; of Windows, `C:\data` is `/c/data`. */
export function pathInContainer(path: string): string {
  const [, drive, rest] = /^([A-Za-z]):[\\/](.*)$/s.exec(path) ?? [];
  return drive === undefined ? path : `/${drive.toLowerCase()}/${(rest ?? "").replaceAll("\\", "/")}`;
}

function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // On Windows there is none from one drive to another.
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
