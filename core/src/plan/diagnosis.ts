import type { Access, Statement } from "../dataflow/model.ts";
import type { SyntaxProblem } from "../python/ast.ts";
import { scopesBelow, scopesOfStatement } from "../python/scopes.ts";
import type { Finding } from "../rules/finding.ts";
import { indentedOnce, isFirstIndentation } from "../rules/state/syntax-error.ts";
import { LineIndex, type Range } from "../text/position.ts";
import { type Bench, bindersOf, kept } from "./bench.ts";
import { commandsIn, hasNoMeaningOutside } from "./command-statements.ts";
import { type Facts, needs } from "./facts.ts";
import { missingName } from "./missing-name.ts";
import { whyUnfollowed } from "./run-files.ts";
import { nameFaults } from "./run-name-faults.ts";

/** Why there can be no pipeline: what would stop it, with the place and the mend. Empty where nothing would. */
export function diagnose(bench: Bench): readonly Finding[] {
  const named = new Set<string>();
  const bound = new Set(bindersOf(bench).keys());
  return [
    ...kept(bench).flatMap((facts) => [
      ...(facts.statement.node.type === "Invalid" ? [syntaxError(bench, facts.statement)] : []),
      ...undefinedNames(bench, facts, named),
      ...commandFaults(bench, facts.statement),
      ...askedInput(bench, facts.statement),
      ...rememberedOutput(bench, facts.statement, bound),
    ]),
    ...nameFaults(bench).map(({ facts, name, why, mend }) => notFollowed(bench, facts.statement, { why, mend }, name)),
    ...neededFromCapture(bench).map(({ facts, name }) => onlyCaptured(bench, facts.statement, name)),
    ...neededFromLeftOut(bench).map(({ facts, name }) => onlyLeftOut(bench, facts.statement, name)),
    ...brokenElsewhere(bench).map(({ statement }) => syntaxError(bench, statement)),
  ];
}

/** Names that nothing defines, each once a cell (`named`). */
function undefinedNames(bench: Bench, { statement }: Facts, named: Set<string>): readonly Finding[] {
  return statement.undefinedReads.flatMap((access) => {
    const key = `${access.place.name} ${statement.cell}`;
    if (access.certainty !== "must" || named.has(key)) return [];
    named.add(key);
    return [undefinedName(bench, statement, access)];
  });
}

/** Commands of a statement that no project can have. */
function commandFaults(bench: Bench, statement: Statement): readonly Finding[] {
  return commandsIn(bench, statement).flatMap((command) => {
    const unfollowed = whyUnfollowed(bench, statement, command);
    if (unfollowed !== undefined) return [notFollowed(bench, statement, unfollowed)];
    if (!hasNoMeaningOutside(command)) return [];
    return [
      withoutMeaning(
        bench,
        statement,
        command.name,
        `%${command.name} has no meaning outside of IPython that Reprise knows, and later cells may need what it does. ` +
          "Write what it does as Python, or tag the cell reprise:skip if the pipeline can do without it.",
      ),
    ];
  });
}

function askedInput(bench: Bench, statement: Statement): readonly Finding[] {
  const asked = statement.calls.find(({ callee, text }) => callee === "builtins.input" || text === "input");
  if (asked === undefined) return [];
  return [
    finding(bench, statement, "NB116", "kernel-only-input", asked.range, {
      subject: "input",
      message:
        "The notebook asks its user for input here, which a pipeline cannot. " +
        "Assign the answer to a name in a cell tagged parameters: it becomes a parameter.",
    }),
  ];
}

/** Names under which IPython keeps what was run and what came of it. */
const history = /^(?:_{1,3}|_i{1,3}|_i?\d+|In|Out|_[oid]h)$/;

/** What only the session has that the notebook was run in: `_`, `Out[3]`, unless the notebook has such a name itself. */
function rememberedOutput(bench: Bench, statement: Statement, bound: ReadonlySet<string>): readonly Finding[] {
  const top = scopesOfStatement(statement.node);
  const scopes = [top, ...scopesBelow(top)];
  const name = scopes
    .flatMap((scope) =>
      [...scope.names].flatMap(([each, use]) =>
        use.isReferenced && (scope === top || use.home === "global") ? [each] : [],
      ),
    )
    .find((each) => history.test(each) && !bound.has(each));
  if (name === undefined) return [];
  return [
    finding(bench, statement, "NB116", "kernel-only-input", statement.range, {
      subject: name,
      message:
        `\`${name}\` is what IPython remembers of earlier cells, which no script has. ` +
        "Give the earlier result a name in its own cell, and use that; reprise fix does so where it is certain which cell that is.",
      predicts: `NameError: name '${name}' is not defined`,
    }),
  ];
}

function onlyCaptured(bench: Bench, statement: Statement, name: string): Finding {
  return withoutMeaning(
    bench,
    statement,
    "capture",
    `${name} is what %%capture took, which only IPython has. ` +
      "Keep what is needed of it in a variable of its own, or tag this cell reprise:skip.",
  );
}

function onlyLeftOut(bench: Bench, statement: Statement, name: string): Finding {
  return finding(bench, statement, "NB101", "undefined-name", statement.range, {
    subject: name,
    message: `${name} is used here, and only what is left out defines it. Keep that cell, or leave this one out too (tag reprise:skip).`,
    predicts: `NameError: name '${name}' is not defined`,
  });
}

/** A file is run, and what it does cannot stand in a pipeline. */
function notFollowed(
  bench: Bench,
  statement: Statement,
  { why, mend }: { readonly why: string; readonly mend: string },
  subject = "run",
): Finding {
  return withoutMeaning(bench, statement, subject, `What is run here cannot be followed: ${why}. ${mend}`);
}

function withoutMeaning(bench: Bench, statement: Statement, subject: string, message: string): Finding {
  return finding(bench, statement, "RP124", "command-without-meaning", statement.range, { subject, message });
}

/**
 * Statements with an error somewhere inside, or behind them before the next: a function without a body ends where its
 * head does, and what is wrong is that nothing follows.
 */
function brokenElsewhere(bench: Bench): readonly Facts[] {
  return kept(bench).filter(({ statement }) => statement.node.type !== "Invalid" && errorOf(bench, statement));
}

/** What is wrong with a statement: the first error of its cell that stands before the next statement begins. */
function errorOf(bench: Bench, { cell, node }: Statement): SyntaxProblem | undefined {
  const { errors, body } = bench.cells.get(cell)?.module ?? { errors: [], body: [] };
  const next = body.find(({ start }) => start > node.start)?.start ?? Number.POSITIVE_INFINITY;
  const first = body.every(({ start }) => start >= node.start) ? 0 : node.start;
  return errors.find(({ start, end }) => end > first && start < next);
}

function syntaxError(bench: Bench, statement: Statement): Finding {
  const cell = bench.cells.get(statement.cell);
  const error = errorOf(bench, statement);
  const lines = new LineIndex(cell?.translation.source ?? "");
  const range =
    error && cell
      ? lines.range({ start: cell.translation.toSource(error.start), end: cell.translation.toSource(error.end) })
      : statement.range;
  const what = error?.message ?? "invalid syntax";
  return finding(bench, statement, "RP123", "syntax-error", range, {
    subject: what,
    message: isFirstIndentation(cell?.translation.source ?? "", what)
      ? `The cell is not Python 3 (${what}): ${indentedOnce}. Take these blanks away (\`reprise fix\` does).`
      : `The cell is not Python 3 (${what}), so nothing in it can run. Correct it, or tag the cell reprise:skip to leave it out.`,
    predicts: "SyntaxError",
  });
}

function undefinedName(bench: Bench, statement: Statement, access: Access): Finding {
  const { name } = access.place;
  const { rule, ruleName, message } = missingName(bench, statement, access);
  return finding(bench, statement, rule, ruleName, access.range, {
    subject: name,
    message,
    predicts: `NameError: name '${name}' is not defined`,
  });
}

function finding(
  bench: Bench,
  statement: Statement,
  rule: string,
  name: string,
  range: Range,
  said: { readonly subject: string; readonly message: string; readonly predicts?: string },
): Finding {
  const id = bench.cells.get(statement.cell)?.cell.id;
  return {
    rule,
    name,
    tier: "strong",
    severity: "error",
    cell: statement.cell,
    ...(id === undefined ? {} : { cellId: id }),
    range,
    ...said,
    evidence: [],
    fixes: [],
  };
}

/** What is kept and needs a name that only a `%%capture NAME` binds. */
function neededFromCapture(bench: Bench): readonly { readonly facts: Facts; readonly name: string }[] {
  const captured = new Map<string, number>();
  for (const { cell, translation } of bench.dataflow.cells) {
    const capture = translation.commands.find(({ kind, name }) => kind === "cell-magic" && name === "capture");
    for (const name of capture?.binds ?? []) captured.set(name, cell.index);
  }
  if (captured.size === 0) return [];
  const binders = bindersOf(bench);
  return kept(bench).flatMap((facts) =>
    [...needs(facts)]
      .filter((name) => {
        const cell = captured.get(name);
        return cell !== undefined && (binders.get(name) ?? []).every(({ statement }) => statement.cell === cell);
      })
      .map((name) => ({ facts, name })),
  );
}

/** What is kept and needs a name that, where it stands, only statements that are left out bind. */
function neededFromLeftOut(bench: Bench): readonly { readonly facts: Facts; readonly name: string }[] {
  const bound = new Set<string>();
  const lost = new Set<string>();
  const found: { facts: Facts; name: string }[] = [];
  for (const facts of bench.facts) {
    if (bench.homes.get(facts.id) === "left-out") {
      for (const name of facts.binds.keys()) if (!bound.has(name)) lost.add(name);
      continue;
    }
    for (const name of needs(facts)) if (lost.has(name)) found.push({ facts, name });
    for (const name of facts.binds.keys()) {
      bound.add(name);
      lost.delete(name);
    }
    for (const name of facts.deletes) bound.delete(name);
  }
  return found.filter(
    ({ facts, name }, index) =>
      found.findIndex((each) => each.name === name && each.facts.statement.cell === facts.statement.cell) === index,
  );
}
