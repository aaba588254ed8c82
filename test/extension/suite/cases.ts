import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type CodeAction,
  commands,
  type Diagnostic,
  extensions,
  languages,
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  type NotebookDocument,
  NotebookRange,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { waitFor } from "./wait-for.ts";

/** By name, in the order they run. */
export const cases: Readonly<Record<string, () => Promise<void>>> = {
  "opening a notebook brings the commands": async () => {
    await open("wine");
    await waitFor("the extension", () => extensions.getExtension("reprise.reprise")?.isActive);
    const all = await commands.getCommands(true);
    for (const id of ["reprise.analyze", "reprise.showGraph", "reprise.convert", "reprise.run"]) {
      assert.ok(all.includes(id), id);
    }
  },

  "opening a notebook underlines what is wrong, in its cells": async () => {
    const notebook = await open("voters");
    const clean = await waitFor("NB103 for `clean`", () => findingIn(notebook.cellAt(6), "NB103"));
    assert.equal(notebook.cellAt(6).document.getText(clean.range), "clean");
    assert.equal(clean.source, "Reprise");
    assert.ok(clean.message.includes("clean"), clean.message);
    assert.ok(findingIn(notebook.cellAt(16), "NB102"), "NB102 for `weights`");
    assert.ok(findingIn(notebook.cellAt(17), "NB104"), "NB104 for `threshold`, from the counts of the open notebook");
  },

  "a tidy notebook stays clean": async () => {
    const notebook = await open("wine");
    const findings = await commands.executeCommand<readonly { severity: string }[]>("reprise.analyze", notebook.uri);
    assert.deepEqual(
      findings.filter((finding) => finding.severity !== "info"),
      [],
    );
  },

  "what lies beside the notebook counts, and the settings of its project": async () => {
    const notebook = await open("configured");
    await waitFor("NB304 for a file that is not there", () => findingIn(notebook.cellAt(1), "NB304"));
    assert.equal(findingIn(notebook.cellAt(2), "NB201"), undefined, "reprise.toml ignores NB201");
    const settings = Uri.joinPath(notebook.uri, "..", "reprise.toml");
    await workspace.fs.writeFile(settings, new TextEncoder().encode('ignore = ["NB304"]\n'));
    await waitFor("NB201, once the settings are others", () => findingIn(notebook.cellAt(2), "NB201"));
    assert.equal(findingIn(notebook.cellAt(1), "NB304"), undefined);
  },

  "an edit takes a finding away, and another brings it back": async () => {
    const notebook = await open("voters");
    const cell = notebook.cellAt(6);
    await waitFor("NB103 at first", () => findingIn(cell, "NB103"));
    await replace(cell, "d = raw.copy()\nprint(len(raw))");
    await waitFor("NB103 gone", () => findingIn(cell, "NB103") === undefined);
    await replace(cell, "d = clean(raw)");
    await waitFor("NB103 back", () => findingIn(cell, "NB103"));
  },

  "a notebook in another language is left alone": async () => {
    const notebook = await openFile(join(folder(), "r.ipynb"));
    const findings = await commands.executeCommand<readonly unknown[]>("reprise.analyze", notebook.uri);
    assert.deepEqual(findings, []);
  },

  "a fix that a finding brings is offered in its cell": async () => {
    const notebook = await open("tumours");
    const cell = notebook.cellAt(15);
    const finding = await waitFor(
      "a finding about the forest",
      () => findingIn(cell, "NB204") ?? findingIn(cell, "NB201"),
    );
    // The editor loads the text of a cell when the cell comes into sight, and offers actions only then.
    const sight = new NotebookRange(cell.index, cell.index + 1);
    const editor = await window.showNotebookDocument(notebook, { selections: [sight] });
    const fix = await waitFor("a quick fix", () => {
      editor.revealRange(sight);
      return commands
        .executeCommand<readonly CodeAction[]>("vscode.executeCodeActionProvider", cell.document.uri, finding.range)
        .then(
          (actions) => actions.find((action) => action.edit !== undefined),
          () => undefined,
        );
    });
    assert.ok(fix.edit);
    await workspace.applyEdit(fix.edit);
    assert.match(cell.document.getText(), /random_state/);
  },

  "a cell that stands too low is moved to where it is needed": async () => {
    const sources = ["import math", "total + 1", "math.sqrt(4)", "total = 3"];
    const cells = sources.map((source) => new NotebookCellData(NotebookCellKind.Code, source, "python"));
    const notebook = await workspace.openNotebookDocument("jupyter-notebook", new NotebookData(cells));
    await window.showNotebookDocument(notebook, { selections: [new NotebookRange(1, 2)] });
    await waitFor("a finding about the order", () => findingIn(notebook.cellAt(1), "NB102"));
    await commands.executeCommand("notebook.cell.edit");
    await waitFor("the cell to move", async () => {
      await commands.executeCommand("editor.action.codeAction", { kind: "quickfix", apply: "first" });
      return notebook.cellAt(1).document.getText() === "total = 3";
    });
    const moved = notebook.getCells().map(({ document }) => document.getText());
    assert.deepEqual(moved, ["import math", "total = 3", "total + 1", "math.sqrt(4)"]);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  },

  "a notebook of thousands of cells is analysed, in a thread of its own": async () => {
    const notebook = await openFile(join(folder(), "long.ipynb"));
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 1);
    const findings = await commands.executeCommand<readonly { rule: string; cell: number }[]>(
      "reprise.analyze",
      notebook.uri,
    );
    clearInterval(turning);
    assert.ok(findings.some(({ rule, cell }) => rule === "NB101" && cell === 4999));
    // Had it been done in this thread, the clock would hardly have been looked at.
    assert.ok(turns > 20, `${turns} turns`);
    await waitFor("NB101 in the last cell", () => findingIn(notebook.cellAt(4999), "NB101"));
  },

  "the graph opens beside the notebook": async () => {
    const notebook = await open("wine");
    await commands.executeCommand("reprise.showGraph", notebook.uri);
    await waitFor("the tab of the graph", () =>
      window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.label === "Graph of wine.ipynb")),
    );
  },

  "a notebook is converted by the real command line": async () => {
    const notebook = await open("wine");
    const output = join(folder(), "wine-pipeline");
    const before = readFileSync(notebook.uri.fsPath, "utf8");
    const answer = await commands.executeCommand<{ outcome: string }>("reprise.convert", notebook.uri, { output });
    assert.equal(answer?.outcome, "converted");
    assert.ok(existsSync(join(output, "reprise.json")), "no reprise.json");
    assert.equal(readFileSync(notebook.uri.fsPath, "utf8"), before);
    rmSync(output, { recursive: true });
  },

  "what cannot be converted is diagnosed, and no project is made": async () => {
    const notebook = await open("voters");
    const output = join(folder(), "voters-pipeline");
    const answer = await commands.executeCommand<{ outcome: string }>("reprise.convert", notebook.uri, { output });
    assert.equal(answer?.outcome, "diagnosed");
    assert.ok(!existsSync(output), "a folder was made");
  },

  "a notebook is run with parameters by the real command line, and recorded": async () => {
    const notebook = await openFile(join(folder(), "tiny.ipynb"));
    const answer = await commands.executeCommand<{ outcome: string; parameters: object; record: string }>(
      "reprise.run",
      notebook.uri,
      { parameters: { n: "3" } },
    );
    assert.equal(answer?.outcome, "succeeded");
    assert.deepEqual(answer.parameters, { n: 3 });
    const executed = readFileSync(resolve(folder(), answer.record, "..", "notebook.ipynb"), "utf8");
    assert.ok(executed.includes('"21\\n"'), executed);
  },

  "a command line that is not there is told, and nothing is run": async () => {
    const notebook = await open("wine");
    const settings = workspace.getConfiguration("reprise");
    const real = settings.get<string>("cliPath");
    await settings.update("cliPath", join(folder(), "no-such-reprise"), true);
    try {
      const output = join(folder(), "never");
      assert.equal(await commands.executeCommand("reprise.convert", notebook.uri, { output }), undefined);
    } finally {
      await settings.update("cliPath", real, true);
    }
  },
};

function folder(): string {
  return workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
}

function open(sample: string): Promise<NotebookDocument> {
  return openFile(join(folder(), sample, `${sample}.ipynb`));
}

async function openFile(file: string): Promise<NotebookDocument> {
  const notebook = await workspace.openNotebookDocument(Uri.file(file));
  await window.showNotebookDocument(notebook);
  return notebook;
}

function findingIn(cell: NotebookCell, rule: string): Diagnostic | undefined {
  return languages.getDiagnostics(cell.document.uri).find((diagnostic) => {
    const { code } = diagnostic;
    return typeof code === "object" && code.value === rule;
  });
}

async function replace(cell: NotebookCell, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const { document } = cell;
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  assert.ok(await workspace.applyEdit(edit));
}
