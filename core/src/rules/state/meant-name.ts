import { closest, distance } from "fastest-levenshtein";
import type { Dataflow, Statement } from "../../dataflow/model.ts";
import { isFunction } from "../../python/definition.ts";
import { takesArguments } from "../../python/takes-arguments.ts";
import { haveWordInCommon } from "../../text/name-words.ts";
import type { Analysis } from "../analysis.ts";
import { inCode } from "../clue.ts";
import type { Evidence, Fix } from "../finding.ts";
import { globalBindings } from "../global-bindings.ts";
import type { UndefinedName } from "./undefined-names.ts";

/** A name of the notebook that an undefined one may stand for, and where it is bound. */
export interface MeantName {
  readonly name: string;
  readonly statement: Statement;
}

const known = new WeakMap<Dataflow, Binders>();

/** Beyond so many names that it may be none is looked for: in a notebook that long it would be chance. */
const manyNames = 200;

/** The name that is most like it and begins like it; or the only thing of its kind that nothing uses, as after a renaming. */
export function meantName({ document }: Analysis, undefinedName: UndefinedName): MeantName | undefined {
  const binders = known.get(document) ?? new Binders(document);
  known.set(document, binders);
  const name = likeName(binders, undefinedName.name) ?? unusedName(binders, undefinedName);
  const statement = name === undefined ? undefined : binders.first.get(name);
  return name === undefined || statement === undefined ? undefined : { name, statement };
}

/** Both places of a renaming. */
export function meantEvidence(meant: MeantName | undefined): readonly Evidence[] {
  if (meant === undefined) return [];
  const { name, statement } = meant;
  return [{ cell: statement.cell, range: statement.range, message: `\`${name}\`, which may be its name now` }];
}

/** Writes the other name wherever the undefined one stands in the open. */
export function meantFixes(meant: MeantName | undefined, { statement, access, again }: UndefinedName): readonly Fix[] {
  const reads = [{ statement, access }, ...again].filter((read) => read.access.through === undefined);
  if (meant === undefined || access.through !== undefined) return [];
  const edits = reads.map((read) => ({ cell: read.statement.cell, range: read.access.range, text: meant.name }));
  return [{ id: "correct-name", title: `Write ${meant.name}`, edits, isGuess: true }];
}

/** The first statement that binds each name, and the names that nothing reads. */
class Binders {
  readonly first = new Map<string, Statement>();
  readonly unread: ReadonlySet<string>;
  readonly byInitial: ReadonlyMap<string, readonly string[]>;

  constructor(document: Dataflow) {
    const read = new Set(document.definitions.flatMap(({ freeReads }) => freeReads));
    for (const name of usedNames(document)) read.add(name);
    for (const { kind, name, statement } of globalBindings(document)) {
      if (kind === "bind" && !this.first.has(name)) this.first.set(name, statement);
    }
    this.unread = new Set([...this.first.keys()].filter((name) => !read.has(name)));
    this.byInitial = Map.groupBy(this.first.keys(), initial);
  }
}

const usedNames = inCode(
  ({ statements }) =>
    new Set(
      statements.flatMap(({ accesses }) =>
        accesses.flatMap(({ kind, place }) => (kind === "bind" ? [] : [place.name])),
      ),
    ),
);

function initial(name: string): string {
  return name.charAt(0).toLowerCase();
}

function likeName({ byInitial }: Binders, name: string): string | undefined {
  const candidates = (byInitial.get(initial(name)) ?? []).filter((other) => other !== name);
  if (candidates.length === 0 || candidates.length > manyNames || name.length < 4) return undefined;
  const like = closest(name, candidates);
  return distance(like, name) <= (name.length < 8 ? 1 : 2) ? like : undefined;
}

/** A function for what is called, with parameters for its arguments; for a value, a name that has a word in common. */
function unusedName({ unread, first }: Binders, { name, statement }: UndefinedName): string | undefined {
  if (unread.size > manyNames) return undefined;
  const call = statement.calls.find(({ node }) => node.func.type === "Name" && node.func.id === name)?.node;
  const candidates = [...unread].filter((other) => {
    const node = first.get(other)?.node;
    if (call === undefined) return node?.type === "Assign" && haveWordInCommon(other, name);
    return node !== undefined && isFunction(node) && takesArguments(node, call);
  });
  const [only, more] = candidates;
  if (more !== undefined) return candidates.find((other) => haveWordInCommon(other, name));
  return only;
}
