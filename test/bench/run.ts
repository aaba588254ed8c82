/** `npm run bench [-- part ... --rounds N --count N --seed N]`: prints tables; ratios are what counts, machines are noisy. */
import { arch, cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import type { BenchOptions } from "./options.ts";

const parts: Readonly<Record<string, () => Promise<(options: BenchOptions) => Promise<string>>>> = {
  analysis: async () => (await import("./analysis/analysis.ts")).analysis,
  dataflow: async () => (await import("./dataflow/dataflow.ts")).dataflow,
  conversion: async () => (await import("./conversion/conversion.ts")).conversion,
  "conversion-by-hand": async () => (await import("./conversion/conversion.ts")).conversionByHand,
  "conversion-peers": async () => (await import("./conversion/peers.ts")).conversionBesidePeers,
  cold: async () => (await import("./cold-start.ts")).coldStart,
  ipython: async () => (await import("./ipython-conformance.ts")).ipythonConformance,
  python: async () => (await import("./python-conformance.ts")).pythonConformance,
  mutation: async () => (await import("./mutation/mutation.ts")).mutation,
  "speed-peers": async () => (await import("./speed-peers.ts")).speedBesidePeers,
  speed: async () => (await import("./speed.ts")).speed,
  faults: async () => (await import("./faults/faults.ts")).faults,
  runner: async () => (await import("./runner/runner.ts")).runner,
  "runner-outputs": async () => (await import("./runner/runner.ts")).runnerOutputs,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "7" },
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    keep: { type: "string" },
    minutes: { type: "string" },
  },
});
const options: BenchOptions = {
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  ...(values.count === undefined ? {} : { count: Number(values.count) }),
  ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
  ...(values.keep === undefined ? {} : { keep: values.keep }),
};
/** What takes minutes; the others take up to hours, and are asked for by name. */
const usual = ["cold", "runner"];
const chosen = positionals.length > 0 ? positionals : usual;
console.log(`${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}\n`);
for (const name of chosen) {
  const load = parts[name];
  if (load === undefined) {
    console.error(`There is no benchmark ${name}; there are ${Object.keys(parts).join(", ")}.`);
    process.exit(2);
  }
  const part = await load();
  console.log(`## ${name}\n\n${await part(options)}\n`);
}
