import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { Effect, FileUse, RandomDraw, Returned } from "../../core/src/effects/effect.ts";
import { type Claim, claimOf, meets, related, returnedBy, selects } from "./claim.ts";
import { isOf, wrongType } from "./judge-type.ts";
import { clearProbes } from "./mixed-call.ts";
import type { ArgumentKey, Observation, Probe } from "./observation.ts";

/** What was seen to be otherwise than the tables say. */
export interface Contradiction {
  readonly about:
    | "changes"
    | "returns"
    | "type"
    | "state"
    | "files"
    | "random"
    | "callbacks"
    | "keeps"
    | "varies"
    | "notes";
  readonly text: string;
  readonly call: string;
  readonly argument?: ArgumentKey;
}

export type Judgement =
  | { readonly outcome: "unlisted" | "not exercised"; readonly reason: string }
  | { readonly outcome: "confirmed"; readonly wider: readonly string[] }
  | { readonly outcome: "contradicted"; readonly contradictions: readonly Contradiction[] };

/** Holds what the tables say of a function against what was seen of it. */
export function judge(catalog: EffectCatalog, seen: Observation): Judgement {
  const claim = claimOf(catalog, seen.name);
  if (claim === undefined) return { outcome: "unlisted", reason: seen.reason ?? "" };
  if (seen.probes.length === 0) return { outcome: "not exercised", reason: seen.reason ?? "" };
  const contradictions = clearProbes(seen.probes).flatMap((probe) => judgeProbe(catalog, claim, probe));
  if (contradictions.length > 0) return { outcome: "contradicted", contradictions };
  return { outcome: "confirmed", wider: wider(claim, seen.probes) };
}

function judgeProbe(catalog: EffectCatalog, claim: Claim, probe: Probe): Contradiction[] {
  const found: Contradiction[] = [];
  const say = (about: Contradiction["about"], text: string, argument?: ArgumentKey) =>
    found.push({ about, text, call: probe.call, ...(argument === undefined ? {} : { argument }) });
  judgeChanges(catalog, claim.effect, probe, say);
  judgeKeeps(claim.effect, probe, say);
  const ways = returnedBy(claim.effect, probe).map((one) => wrongResult(catalog, claim, one, probe));
  // What contradicts one way of returning and not another is no contradiction.
  found.push(...(ways[0] ?? []).filter(({ text }) => ways.every((way) => way.some((one) => one.text === text))));
  judgeState(claim, probe, say);
  judgeFiles(catalog, claim, probe, say);
  judgeCallbacks(claim.effect, probe, say);
  if (probe.varies && !mayVary(claim)) say("varies", "two equal calls gave different results");
  for (const key of probe.heeds) say("notes", `depends on what ${key} had noted or remembered`, key);
  return found;
}

type Say = (about: Contradiction["about"], text: string, argument?: ArgumentKey) => void;

function judgeChanges(catalog: EffectCatalog, effect: Effect, probe: Probe, say: Say): void {
  for (const key of probe.changed) {
    const claims = effect.changes.filter(
      ({ argument, when, ofType }) =>
        selects(argument, key, effect) &&
        meets(when, effect, probe.given) !== "no" &&
        (ofType?.some((type) => isOf(catalog, probe.types[key] ?? [], type)) ?? true),
    );
    if (claims.length === 0) say("changes", `changes ${key}`, key);
    else {
      if (claims.every(({ shallow }) => shallow) && probe.deep.includes(key)) {
        say("changes", `changes what ${key} holds too`, key);
      }
      if (claims.every(({ keepsViews }) => keepsViews) && probe.views.includes(key)) {
        say("changes", `what shares memory with ${key} changes too`, key);
      }
      if (claims.some(({ idempotent }) => idempotent) && probe.again.includes(key)) {
        say("changes", `a second call changes ${key} further`, key);
      }
    }
  }
}

function judgeKeeps(effect: Effect, probe: Probe, say: Say): void {
  for (const [holder, what] of probe.keeps) {
    const known = effect.keeps?.some((keep) => selects(keep.in, holder, effect) && selects(keep.what, what, effect));
    if (!known) say("keeps", `${holder} keeps ${what}`, what);
  }
}

/** How a result is otherwise than one thing that a table says of it. */
export function wrongResult(catalog: EffectCatalog, claim: Claim, returned: Returned, probe: Probe): Contradiction[] {
  const found: Contradiction[] = [];
  const { effect } = claim;
  const say = (about: Contradiction["about"], text: string, argument?: ArgumentKey) =>
    found.push({ about, text, call: probe.call, ...(argument === undefined ? {} : { argument }) });
  const type = wrongType(catalog, claim, returned, probe.result);
  if (type !== undefined) say("type", type);
  if (!probe.result.mutable) return found;
  const selectors = related(returned);
  const tell = (keys: readonly ArgumentKey[], what: string) => {
    for (const key of keys) {
      if (!selectors.some((selector) => selects(selector, key, effect))) say("returns", `${what} ${key}`, key);
    }
  };
  tell(probe.same, "returns");
  tell(probe.element, "returns an element of");
  tell(probe.holds, "returns what holds");
  tell(probe.shares, "returns what shares memory with");
  return found;
}

function judgeState({ effect, draws }: Claim, probe: Probe, say: Say): void {
  for (const kind of [...probe.state, ...probe.outside]) {
    if (kind.startsWith("random:")) {
      // Keras takes its seeds from Python's stream and draws from its backend's: one word stands for all of them.
      const stream = kind.slice("random:".length);
      const random = [effect.random, draws].filter(
        (one): one is RandomDraw => one !== undefined && (one.stream === stream || one.stream === "tensorflow"),
      );
      if (!random.some((one) => one === draws || meets(one.when, effect, probe.given) !== "no")) {
        say("random", `moves the random stream of ${stream}`);
      } else if (random.every((one) => one !== draws && one.use === "draw" && isSeeded(one, effect, probe))) {
        say("random", `moves the random stream of ${stream} although it is given a seed`);
      }
    } else if (!effect.state?.some(({ state, use }) => state === kind && (use === "change" || isOutside(kind)))) {
      say("state", `${isOutside(kind) ? "reaches for" : "changes"} ${kind}`);
    }
  }
}

function isOutside(kind: string): boolean {
  return kind === "network" || kind === "process" || kind === "database";
}

function isSeeded(random: RandomDraw, effect: Effect, { given }: Probe): boolean {
  const { seedArgument } = random;
  if (seedArgument === undefined) return false;
  const key = Object.keys(given).find((one) => selects(seedArgument, one, effect));
  return key !== undefined && given[key] !== null && given[key] !== "...";
}

/** Uses that say the same of a file: what is written may be opened for reading first. */
const covers: Readonly<Record<string, readonly string[]>> = {
  read: ["read", "append", "write"],
  look: ["look", "read", "write", "write-folder", "make-folder"],
  write: ["write", "append", "write-folder"],
  append: ["append", "write"],
  "make-folder": ["make-folder", "write-folder", "write"],
};

function judgeFiles(catalog: EffectCatalog, { effect, owner }: Claim, probe: Probe, say: Say): void {
  // How an opened file is used is up to its mode, which the dataflow reads where it is opened.
  const { returns } = effect;
  const type = returns.kind === "new" || returns.kind === "view" ? returns.type : undefined;
  const isFile = (name: string) => catalog.lineage(name).includes("builtins.file");
  const isOpened = owner !== undefined && isFile(owner);
  if (!isOpened && isFile(type ?? "")) return;
  // A database is state of its own, which is read and changed through its connection.
  const isDatabase = effect.state?.some(({ state, use }) => state === "database" && use === "change");
  for (const { use, argument } of probe.files) {
    if (isDatabase && effect.files?.some((file) => argument !== null && selects(file.argument, argument, effect)))
      continue;
    // What an opened file does to itself is known by its own path.
    if (isOpened && argument === null) continue;
    const known = effect.files?.some(
      (file) =>
        covers[use]?.includes(file.use) &&
        (argument === null || selects(file.argument, argument, effect) || isInWorkingFolder(file, effect, probe)),
    );
    if (!known)
      say(
        "files",
        `${use}s ${argument === null ? "a file" : `the file that ${argument} names`}`,
        argument ?? undefined,
      );
  }
}

/** Whether a folder is meant that is not named: the one that the process works in. */
function isInWorkingFolder({ use, argument }: FileUse, effect: Effect, { given }: Probe): boolean {
  return use === "write-folder" && !Object.keys(given).some((key) => selects(argument, key, effect));
}

function judgeCallbacks(effect: Effect, probe: Probe, say: Say): void {
  const isKept = effect.keeps !== undefined || (effect.returns.kind === "new" && effect.returns.holds !== undefined);
  const isCalled = effect.callsWith !== undefined || (effect.callsArguments ?? !isKept);
  if (isCalled || effect.calls !== undefined) return;
  for (const key of probe.called) say("callbacks", `calls ${key}`, key);
}

function mayVary({ effect, draws }: Claim): boolean {
  return (
    effect.random !== undefined ||
    draws !== undefined ||
    effect.state?.some(({ state }) => state === "clock" || state === "process" || state === "network") === true
  );
}

/** What the table assumes and no probe has shown: the safe side, but worth knowing. */
function wider({ effect }: Claim, probes: readonly Probe[]): string[] {
  const unseen: string[] = [];
  for (const { argument } of effect.changes) {
    const seen = probes.some(({ changed, opaque }) =>
      [...changed, ...opaque].some((key) => selects(argument, key, effect)),
    );
    if (!seen) unseen.push(`changes ${argument}`);
  }
  const { returns } = effect;
  if (returns.kind === "unknown") unseen.push("returns anything");
  if (returns.kind === "argument" || returns.kind === "view") {
    const seen = probes.some(({ same, shares, holds }) =>
      [...same, ...shares, ...holds].some((key) => selects(returns.of, key, effect)),
    );
    if (!seen) unseen.push(`returns a ${returns.kind === "view" ? "view of " : ""}${returns.of}`);
  }
  return unseen;
}
