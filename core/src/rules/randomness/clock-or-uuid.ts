import { inStatements } from "../clue.ts";
import { type Facts, rule, sourceRange } from "../rule.ts";
import { timedFacts } from "./timed-code.ts";

/** Calls that give something else each time, by their nature. `time.time()` is left out: it nearly always measures. */
export const momentary: ReadonlyMap<string, string> = new Map([
  ...["datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"].map(
    (name) => [name, "the time of the run"] as const,
  ),
  ...["pandas.Timestamp.now", "pandas.Timestamp.today", "pandas.Timestamp.utcnow"].map(
    (name) => [name, "the time of the run"] as const,
  ),
  ...["uuid.uuid1", "uuid.uuid4"].map((name) => [name, "a new name in every run"] as const),
  ...["os.urandom", "secrets.token_hex", "secrets.token_bytes", "secrets.token_urlsafe"].map(
    (name) => [name, "other bits in every run"] as const,
  ),
  ...["secrets.randbelow", "secrets.randbits", "secrets.choice", "random.SystemRandom"].map(
    (name) => [name, "other numbers in every run, whatever is seeded"] as const,
  ),
  ["torch.Generator.seed", "another seed in every run"],
]);

/** Calls that give a time; one that seeds a stream makes it unrepeatable. */
const clocks = new Set(["time.time", "time.time_ns", "time.perf_counter"]);

export const clockOrUuid = rule("NB206", function* (analysis) {
  yield* momentaryCalls(analysis.document);
  yield* timedFacts(analysis);
});

const momentaryCalls = inStatements(function* ({ node, calls }, cell): Generator<Facts> {
  for (const call of calls) {
    const what = momentary.get(call.callee ?? "");
    const seeds = clocks.has(call.callee ?? "") && calls.some(({ effect }) => effect?.random?.use === "seed");
    // Looking at the time, or printing it, changes nothing.
    const isLooked =
      node.type === "Expr" &&
      calls.every((other) => other === call || /^builtins\.|\.(?:strftime|isoformat)$/.test(other.callee ?? ""));
    if ((what === undefined || isLooked) && !seeds) continue;
    yield {
      tier: "hint",
      severity: seeds ? "warning" : "info",
      cell: cell.translation.cell,
      range: sourceRange(cell, call.node),
      subject: call.text,
      message: seeds
        ? `The stream is seeded with the time of the run (\`${call.text}\`), which is as good as no seed: every run gives other numbers. Seed it with a number.`
        : `\`${call.text}\` gives ${what}: what is made of it can be had only once. Make it a parameter if results depend on it.`,
      predicts: seeds ? "other numbers in every run" : "another value in every run",
    };
  }
});
