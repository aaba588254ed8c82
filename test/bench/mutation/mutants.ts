import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";
import type { Subject } from "./subject.ts";

/** One small edit of one file of a project. */
export interface Mutant {
  readonly sample: string;
  readonly file: string;
  readonly operator: string;
  readonly line: number;
  /** The whole file with the edit. */
  readonly text: string;
  /** The first stage that can notice. */
  readonly from: number;
  /** Several stages use the file. */
  readonly isShared: boolean;
}

/** Files that carry values between stages, and show them, for every notebook alike: their tests are elsewhere. */
const carriers = new Set(["__init__.py", "__main__.py", "artifacts.py", "displays.py", "params.py"]);

/** Every mutant of a sound project, by CPython's syntax tree. */
export async function mutantsOf(subject: Subject, python: string, folder: string): Promise<readonly Mutant[]> {
  const { projectFolder, plan } = subject.request;
  const source = join(projectFolder, "src", plan.package);
  const files = globSync("*.py", { cwd: source }).filter((file) => !carriers.has(file));
  const asked = join(folder, `${subject.name}-mutants.json`);
  const names = plan.stages.flatMap(({ inputs, outputs }) => [...inputs.map(({ name }) => name), ...outputs]);
  const params = Object.fromEntries(plan.parameters.map(({ name, type }) => [name, type]));
  const request = {
    package: plan.package,
    files: files.toSorted().map((file) => join(source, file)),
    types: { names: [...new Set(names)], params, ways: subject.oracle.ways },
  };
  writeFileSync(asked, JSON.stringify(request));
  const { code, stdout, stderr } = await runProcess(python, [join(import.meta.dirname, "mutate.py"), asked]);
  if (code !== 0) throw new Error(stderr);
  const stages = plan.stages.map(({ name }) => name);
  return (JSON.parse(stdout) as Omit<Mutant, "sample" | "from" | "isShared">[]).map((mutant) => {
    const stage = stages.indexOf(basename(mutant.file, ".py"));
    return { ...mutant, sample: subject.name, from: Math.max(0, stage), isShared: stage < 0 };
  });
}

/** As many of each operator as can be, in an order that the seed decides. */
export function chosen(all: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const random = generator(seed);
  const groups = [...Map.groupBy(all, ({ sample, operator }) => `${sample} ${operator}`).values()].map((group) =>
    shuffled(group, random),
  );
  const found: Mutant[] = [];
  for (let round = 0; found.length < Math.min(count, all.length); round++) {
    for (const group of groups) {
      const mutant = group[round];
      if (mutant !== undefined && found.length < count) found.push(mutant);
    }
  }
  return found;
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => [random(), item] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** What the mutant changed, as a person reads it. */
export function diffOf({ file, text }: Mutant): string {
  const before = readFileSync(file, "utf8").split("\n");
  const after = text.split("\n");
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1;
  const removed = before.slice(start, before.length - end).map((line) => `- ${line.trim()}`);
  const added = after.slice(start, after.length - end).map((line) => `+ ${line.trim()}`);
  return [...removed, ...added].join("\n");
}
