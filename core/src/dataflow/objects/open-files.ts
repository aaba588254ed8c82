import type { EffectCatalog } from "../../effects/catalog.ts";
import type { AbstractObject } from "./objects.ts";

/** Whether an object is an open file, or an archive or a buffer in memory that is used as one. */
export function isFile(catalog: EffectCatalog, { type }: Pick<AbstractObject, "type">): boolean {
  return type !== undefined && catalog.lineage(type).includes("builtins.file");
}
