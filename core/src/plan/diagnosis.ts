import type { Access, Statement } from "../dataflow/model.ts";
import type { Finding } from "../rules/finding.ts";
import { LineIndex, type Range } from "../text/position.ts";
import { type Bench, bindersOf, kept } from "./bench.ts";
import { commandsIn, hasNoMeaningOutside } from "./command-statements.ts";
import { type Facts, needs } from "./facts.ts";
import { nameFaults, whyUnfollowed } from "./run-files.ts";

/** Why there can be no pipeline: what would stop it, with the place and the mend. Empty where nothing would. */
export function diagnose(bench: Bench): readonly Finding[] {
  const found: Finding[] = [];
  const named = new Set<string>();
  for (const facts of kept(bench)) {
    const { statement } = facts;
    if (statement.node.type === "Invalid") found.push(syntaxError(bench, statement));
    for (const access of bench.dataflow.undefinedReads(facts.id)) {
      const key = `${access.place.name} ${statement.cell}`;
      if (access.certainty !== "must" || named.has(key)) continue;
      named.add(key);
      found.push(undefinedName(bench, statement, access));
    }
    for (const command of commandsIn(bench, statement)) {
      const unfollowed = whyUnfollowed(bench, statement, command);
      if (unfollowed !== undefined) found.push(notFollowed(bench, statement, unfollowed));
      if (unfollowed !== undefined || !hasNoMeaningOutside(command)) continue;
      found.push(
        finding(bench, statement, "RP124", "command-without-meaning", statement.range, {
          subject: command.name,
          message:
            `%${command.name} has no meaning outside of IPython that Reprise knows, and later cells may need what it does. ` +
            "Write what it does as Python, or tag the cell reprise:skip if the pipeline can do without it.",
        }),
      );
    }
    const asked = statement.calls.find(({ callee, text }) => callee === "builtins.input" || text === "input");
    if (asked !== undefined) {
      found.push(
        finding(bench, statement, "NB116", "kernel-only-input", asked.range, {
          subject: "input",
          message:
            "The notebook asks its user for input here, which a pipeline cannot. " +
            "Assign the answer to a name in a cell tagged parameters: it becomes a parameter.",
        }),
      );
    }
  }
  for (const { facts, name, why, mend } of nameFaults(bench)) {
    found.push(notFollowed(bench, facts.statement, { why, mend }, name));
  }
  for (const { facts, name } of neededFromCapture(bench)) {
    found.push(
      finding(bench, facts.statement, "RP124", "command-without-meaning", facts.statement.range, {
        subject: "capture",
        message:
          `${name} is what %%capture took, which only IPython has. ` +
          "Keep what is needed of it in a variable of its own, or tag this cell reprise:skip.",
      }),
    );
  }
  for (const { facts, name } of neededFromLeftOut(bench)) {
    const { statement } = facts;
    found.push(
      finding(bench, statement, "NB101", "undefined-name", statement.range, {
        subject: name,
        message: `${name} is used here, and only what is left out defines it. Keep that cell, or leave this one out too (tag reprise:skip).`,
        predicts: `NameError: name '${name}' is not defined`,
      }),
    );
  }
  for (const facts of brokenElsewhere(bench)) found.push(syntaxError(bench, facts.statement));
  return found;
}

/** A file is run, and what it does cannot stand in a pipeline. */
function notFollowed(
  bench: Bench,
  statement: Statement,
  { why, mend }: { readonly why: string; readonly mend: string },
  subject = "run",
): Finding {
  return finding(bench, statement, "RP124", "command-without-meaning", statement.range, {
    subject,
    message: `What is run here cannot be followed: ${why}. ${mend}`,
  });
}

/** Statements with an error somewhere inside. */
function brokenElsewhere(bench: Bench): readonly Facts[] {
  return kept(bench).filter(({ statement }) => {
    if (statement.node.type === "Invalid") return false;
    const errors = bench.cells.get(statement.cell)?.module.errors ?? [];
    return errors.some(({ start }) => statement.node.start <= start && start < statement.node.end);
  });
}

function syntaxError(bench: Bench, statement: Statement): Finding {
  const cell = bench.cells.get(statement.cell);
  const errors = cell?.module.errors ?? [];
  const error = errors.find(({ start, end }) => start < statement.node.end && end > statement.node.start);
  const lines = new LineIndex(cell?.translation.source ?? "");
  const range =
    error && cell
      ? lines.range({ start: cell.translation.toSource(error.start), end: cell.translation.toSource(error.end) })
      : statement.range;
  const what = error?.message ?? "invalid syntax";
  return finding(bench, statement, "RP123", "syntax-error", range, {
    subject: what,
    message: `The cell is not Python 3 (${what}), so nothing in it can run. Correct it, or tag the cell reprise:skip to leave it out.`,
    predicts: "SyntaxError",
  });
}

function undefinedName(bench: Bench, statement: Statement, access: Access): Finding {
  const { name } = access.place;
  const cell = bench.cells.get(statement.cell)?.cell;
  const ran =
    cell !== undefined &&
    cell.executionCount !== null &&
    !cell.outputs.some(({ output_type }) => output_type === "error");
  const where = access.through === undefined ? "" : ` by the function ${access.through}`;
  const cause = ran
    ? "the cell ran, so its definition was deleted or edited away since"
    : "nothing before this line defines it";
  return finding(
    bench,
    statement,
    ran ? "NB103" : "NB101",
    ran ? "phantom-definition" : "undefined-name",
    access.range,
    {
      subject: name,
      message: `${name} is used here${where}, and ${cause}. Define it in this cell or above, import it, or tag the cell reprise:skip.`,
      predicts: `NameError: name '${name}' is not defined`,
    },
  );
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
