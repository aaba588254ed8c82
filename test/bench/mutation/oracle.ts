import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { continuedFolder, type Subject } from "./subject.ts";

/** By stage, by what was looked at (a variable, a text, a picture, a file): its digest. */
export type Facts = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** By stage, by variable: the ways of damage.py that fit its value. */
export type Ways = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Oracle {
  readonly facts: Facts;
  readonly ways: Ways;
  /** A stage did not end: of it, and of the later ones, nothing is known. */
  readonly timedOut?: boolean;
}

export interface OracleRun {
  readonly folder: string;
  /** The first stage to run; none before it can notice. */
  readonly from?: number;
  /** Also asks how each value can be damaged. */
  readonly ways?: boolean;
}

/** What a project's stages leave, as oracle.py sees it, which shares nothing with the proof. */
export async function oracleOf(
  subject: Pick<Subject, "request" | "notebook" | "sound">,
  projectFolder: string,
  { folder, from = 0, ways: withWays = false }: OracleRun,
): Promise<Oracle> {
  const { request, sound } = subject;
  const work = join(folder, "work");
  mkdirSync(work, { recursive: true });
  if (from > 0) cpSync(join(sound, "work"), work, { recursive: true });
  const { directory } = await continuedFolder(subject, folder, from);
  const facts = new Map<string, Readonly<Record<string, string>>>();
  const allWays: Record<string, Ways[string]> = {};
  for (const stage of request.plan.stages.slice(from)) {
    const [asked, answer] = [join(folder, `${stage.name}.json`), join(folder, `${stage.name}-answer.json`)];
    writeFileSync(
      asked,
      JSON.stringify({ stage: stage.name, package: request.plan.package, work, answer, ways: withWays }),
    );
    const { code, stderr, signal } = await request.engine.run({
      command: ["python", "-m", "oracle", asked],
      directory,
      environment: {
        PYTHONPATH: [join(projectFolder, "src"), import.meta.dirname].join(":"),
        MPLBACKEND: "Agg",
        [`${request.plan.package.toUpperCase()}_DATA_DIR`]: directory,
      },
    });
    if (signal === "SIGKILL" || signal === "SIGXCPU") return { facts, ways: allWays, timedOut: true };
    if (code !== 0) {
      facts.set(stage.name, { failure: stderr.slice(-300) });
      break;
    }
    const { variables, files, pictures, displays, ways, ...rest } = JSON.parse(readFileSync(answer, "utf8"));
    Object.assign(allWays, ways);
    const list = (name: string, items: readonly string[]) => items.map((item, at) => [`${name} ${at}`, item]);
    facts.set(stage.name, {
      ...rest,
      ...variables,
      ...Object.fromEntries([...list("picture", pictures), ...list("display", displays)]),
      ...Object.fromEntries(Object.entries(files).map(([path, hash]) => [`file ${path}`, hash])),
    });
  }
  return { facts, ways: allWays };
}

/** What another project left otherwise, of what is the same in every run of the sound one. */
export function differences(sound: Oracle, other: Oracle): readonly string[] {
  const found: string[] = [];
  for (const [stage, facts] of other.facts) {
    const own = sound.facts.get(stage) ?? {};
    for (const name of Object.keys(own)) if (facts[name] !== own[name]) found.push(`${stage}: ${name}`);
  }
  return found;
}

/** Only what two runs agree on. */
export function stableFacts(
  one: Oracle,
  again: Oracle,
): { readonly oracle: Oracle; readonly unstable: readonly string[] } {
  const unstable = differences(one, again);
  const left = new Set(unstable);
  const facts = [...one.facts].map(([stage, own]) => {
    const kept = Object.entries(own).filter(([name]) => !left.has(`${stage}: ${name}`));
    return [stage, Object.fromEntries(kept)] as const;
  });
  return { oracle: { ...one, facts: new Map(facts) }, unstable };
}
