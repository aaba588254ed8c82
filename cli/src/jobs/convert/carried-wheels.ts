import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Project, ProjectEnvironment } from "@reprise/core";
import { type Environment, localWheels, withLocalWheelsIn } from "@reprise/core/node";

const folder = "wheels";

/** A lock as it goes into a project: packages that it takes from files of this machine come along, below `wheels/`. */
export function withCarriedWheels(environment: Environment): ProjectEnvironment {
  const { python, direct, lock, olderThanNewest: notes = [] } = environment;
  const localFiles = new Map(localWheels(lock).map(({ path }) => [`${folder}/${basename(path)}`, path]));
  return { python, direct, lock: withLocalWheelsIn(lock, folder), localFiles, notes };
}

/** What such files add to a project: `wheels/torch-2.13.0-....whl (183 MB)`. */
export function carriedText({ copies }: Project): string[] {
  const wheels = [...copies].filter(([path]) => path.startsWith(`${folder}/`));
  return wheels.map(([path, here]) => {
    const size = `${Math.ceil(statSync(here).size / 2 ** 20)} MB`;
    return `${path} (${size}) comes along: it was locked from a file, not from an index.`;
  });
}
