import type { Confirmation } from "./confirm.ts";

/** The figures of one confirmation as a row, and every contradiction. */
export function report(confirmations: readonly Confirmation[]): string {
  const header = [
    "library",
    "version",
    "calls",
    "covered",
    "confirmed",
    "of these wider",
    "contradicted",
    "not exercised",
    "unlisted",
  ];
  const rows = confirmations.map((one) => [
    one.library,
    one.version,
    one.calls,
    one.covered,
    one.confirmed.length,
    Object.keys(one.wider).length,
    Object.keys(one.contradicted).length,
    Object.keys(one.notExercised).length,
    one.unlisted.length,
  ]);
  const lines = [header, header.map((_, at) => (at < 2 ? "---" : "--:")), ...rows].map(
    (row) => `| ${row.join(" | ")} |`,
  );
  return [...lines, ...confirmations.flatMap(contradictions)].join("\n");
}

function contradictions({ library, version, contradicted }: Confirmation): string[] {
  return Object.entries(contradicted).flatMap(([name, found]) => {
    const texts = new Map(found.map(({ text, call }) => [text, call]));
    return [
      `\n${name} (${library} ${version}) is otherwise than the table says:`,
      ...[...texts].map(([text, call]) => `  ${text}: ${call}`),
    ];
  });
}
