import type { Analysis } from "../rules/analysis.ts";
import type { Finding, Fix } from "../rules/finding.ts";

/** Finds a mend of a finding that is safe; absent where there is none. Never changes anything itself. */
export type Fixer = (analysis: Analysis, finding: Finding) => Fix | undefined;
