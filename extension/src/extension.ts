import { commands, type ExtensionContext, Uri, window } from "vscode";
import { Analyser } from "./analysis/analyser.ts";
import { FixActions } from "./analysis/fix-actions.ts";
import { LiveFindings } from "./analysis/live-findings.ts";
import { commandIds } from "./command-ids.ts";
import { analyze } from "./commands/analyze.ts";
import { type ConvertRequest, convert } from "./commands/convert.ts";
import { MergePreview } from "./commands/merge-preview.ts";
import { type RunRequest, run } from "./commands/run.ts";
import { GraphPanels } from "./graph/graph-panels.ts";
import { chosenNotebook } from "./notebook/chosen-notebook.ts";

/** Called by the editor once, when the first notebook is opened or the first command is called. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Reprise");
  const analyser = new Analyser(Uri.joinPath(context.extensionUri, "dist", "analysis-worker.cjs"));
  const live = new LiveFindings(analyser, log, Uri.joinPath(context.extensionUri, "dist", "rules"));
  const preview = new MergePreview();
  const graphs = new GraphPanels(analyser);
  const register = (id: string, work: (argument: unknown, request: unknown) => Promise<unknown>) =>
    commands.registerCommand(id, work);
  context.subscriptions.push(
    log,
    analyser,
    live,
    graphs,
    preview,
    FixActions.register(live),
    register(commandIds.analyze, async (argument) => {
      const notebook = await chosenNotebook(argument);
      return notebook && analyze(notebook, live);
    }),
    register(commandIds.showGraph, async (argument) => {
      const notebook = await chosenNotebook(argument);
      return notebook && graphs.show(notebook);
    }),
    register(commandIds.convert, async (argument, request) => {
      const notebook = await chosenNotebook(argument);
      return notebook && convert(notebook, (request ?? {}) as ConvertRequest, preview, log);
    }),
    register(commandIds.run, async (argument, request) => {
      const notebook = await chosenNotebook(argument);
      return notebook && run(notebook, (request ?? {}) as RunRequest, log);
    }),
  );
}
