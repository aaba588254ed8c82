import type { Statement } from "../dataflow/model.ts";

/** What puts back, at the end of its `with`, whatever was set of a library inside. */
const restoring: Readonly<Record<string, string>> = {
  "matplotlib.pyplot.rc_context": "matplotlib",
  "matplotlib.pyplot.style.context": "matplotlib",
  "matplotlib.rc_context": "matplotlib",
  "matplotlib.style.context": "matplotlib",
  "numpy.errstate": "numpy",
  "numpy.printoptions": "numpy",
  "pandas.option_context": "pandas",
  "warnings.catch_warnings": "warnings",
};

/** The libraries that a statement sets up, without those that it puts back as they were: `with warnings.catch_warnings():`. */
export function lastingSettings({ node, calls, setUp }: Statement): ReadonlySet<string> {
  if (node.type !== "With" || setUp.size === 0) return setUp;
  const managers = new Set(node.items.map(({ context_expr }) => context_expr));
  const restored = calls.flatMap((call) => (managers.has(call.node) ? (restoring[call.callee ?? ""] ?? []) : []));
  return setUp.difference(new Set(restored));
}
