import { pythonRepr } from "./python-literal.ts";

const target = /(%{0,2}(?!\d)[\p{L}\p{N}_*]+(?:\.(?!\d)[\p{L}\p{N}_*]+|\[-?[0-9]+\])*)(\?\??)$/u;

/** The text behind the last character that no help target can hold; nobody asks for help on longer ones. */
const tail = /[\p{L}\p{N}_*.%[\]?-]{1,1000}$/u;

/** What a line that ends in `?` or `??` asks about; absent where that is no name, attribute or item. */
export function helpTarget(line: string): { target: string; mark: "?" | "??" } | undefined {
  const found = target.exec(tail.exec(line.slice(-1002))?.[0] ?? "");
  return found === null ? undefined : { target: found[1] as string, mark: found[2] as "?" | "??" };
}

/** The call that IPython makes of a request for help. */
export function helpCall(about: string, mark: "?" | "??"): string {
  const magic = mark === "??" ? "pinfo2" : about.includes("*") ? "psearch" : "pinfo";
  return `get_ipython().run_line_magic('${magic}', ${pythonRepr(about)})`;
}
