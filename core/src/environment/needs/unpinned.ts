import type { Dataflow } from "../../dataflow/model.ts";
import { isStandardLibrary } from "../../python/standard-library.ts";
import { normalizeName, parseRequirement } from "../lock/requirement.ts";
import { localNames } from "./local-modules.ts";
import { distributionOf, needsOf } from "./needs.ts";
import { pinsBeside } from "./pins.ts";
import { recordedVersions } from "./recorded-versions.ts";
import { usageOf } from "./usage.ts";

/**
 * First names of the modules that a notebook imports without anything saying which version: no lock or pin beside it
 * in `folder`, no install line with a version, no version among its outputs. In the order of their imports.
 * Throws ProblemError RP307 for a file beside it that cannot be read.
 */
export function unpinnedImports(flow: Pick<Dataflow, "cells">, folder: string, python: string): readonly string[] {
  const pins = pinsBeside(folder);
  if (pins?.lock !== undefined) return [];
  const usage = usageOf(flow);
  const local = localNames(flow, folder);
  const { needs } = needsOf(usage, { python, localModules: local });
  const known = new Set([
    ...[...(pins?.requirements ?? []), ...(pins?.constraints ?? []), ...needs.map(({ requirement }) => requirement)]
      .map(parseRequirement)
      .filter((requirement) => requirement !== undefined && requirement.specifier !== "")
      .map((requirement) => requirement?.name),
    ...recordedVersions(flow.cells).map(({ name }) => name),
  ]);
  const tops = usage.imports
    .filter(({ module, optional }) => !optional && !local.has(top(module)) && !isStandardLibrary(module, python))
    .filter((imported) => !known.has(normalizeName(distributionOf(imported))))
    .map(({ module }) => top(module));
  return [...new Set(tops)];
}

const top = (module: string) => module.split(".", 1)[0] as string;
