import type { Dataflow } from "../../dataflow/model.ts";
import type { Environment } from "../environment.ts";
import { normalizeName } from "../lock/requirement.ts";
import { distributionOf } from "./needs.ts";
import { usageOf } from "./usage.ts";

/**
 * The locked version of each module that a notebook imports, by its first name: what its calls do can depend on it.
 */
export function importVersions(
  flow: Pick<Dataflow, "cells">,
  environment: Pick<Environment, "packages">,
): Readonly<Record<string, string>> {
  const locked = new Map(environment.packages.map(({ name, version }) => [normalizeName(name), version]));
  const versions: Record<string, string> = {};
  for (const imported of usageOf(flow).imports) {
    const version = locked.get(normalizeName(distributionOf(imported)));
    const top = imported.module.split(".", 1)[0] as string;
    if (version !== undefined) versions[top] ??= version;
  }
  return versions;
}
