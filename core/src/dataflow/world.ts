import type { LibraryVersions } from "../effects/version-range.ts";
import type { OwnModules } from "../inclusion/own-modules.ts";

/** What a notebook runs in, as far as it is known. */
export interface World {
  /** Versions of libraries by import name, where effects depend on them. Worst cases are assumed where not known. */
  readonly versions?: LibraryVersions;
  /** The modules of its own project; without them, what these do is taken for the worst case. */
  readonly ownModules?: OwnModules | undefined;
}
