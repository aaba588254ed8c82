import type { Command } from "../../ipython/translation.ts";

/** Names that a magic deletes. */
export interface ForgottenNames {
  readonly surely: readonly string[];
  /** Those of which its text does not tell. */
  readonly perhaps: readonly string[];
}

/**
 * Which of the names that are bound a magic deletes (IPython.core.magics.namespace). Where nobody can be asked, as in
 * every run without a person, these magics ask nobody.
 */
export function forgottenNames(command: Command, bound: Iterable<string>): ForgottenNames {
  const words = command.argument.split(/\s+/).filter((word) => word !== "");
  const options = words.filter((word) => word.startsWith("-"));
  const plain = words.filter((word) => !word.startsWith("-"));
  const all = [...bound];
  switch (command.name) {
    case "reset":
      return resetNames(all, options, plain);
    case "reset_selective":
      return selectedNames(all, plain[0]);
    case "xdel":
      return { surely: plain.slice(0, 1), perhaps: [] };
    default:
      return { surely: [], perhaps: [] };
  }
}

function resetNames(all: readonly string[], options: readonly string[], targets: readonly string[]): ForgottenNames {
  const isSoft = options.some((option) => /^-f?s/.test(option));
  if (isSoft) return { surely: all.filter(isListed), perhaps: [] };
  if (targets.length === 0) return { surely: all, perhaps: [] };
  return { surely: [], perhaps: targets.includes("array") ? all : [] };
}

/** Patterns of literals, anchors and choices are looked for; nobody knows how long another one takes. */
const plainPattern = /^[\p{L}\p{N}_^$|]+$/u;

function selectedNames(all: readonly string[], pattern: string | undefined): ForgottenNames {
  if (pattern === undefined) return { surely: [], perhaps: [] };
  const listed = all.filter(isListed);
  if (!plainPattern.test(pattern)) return { surely: [], perhaps: listed };
  const wanted = new RegExp(pattern, "u");
  return { surely: listed.filter((name) => wanted.test(name)), perhaps: [] };
}

/** What `%who` lists. */
function isListed(name: string): boolean {
  return !name.startsWith("_");
}
