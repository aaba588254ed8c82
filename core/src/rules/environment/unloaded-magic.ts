import type { Command } from "../../ipython/translation.ts";
import { type CellText, inText } from "../clue.ts";
import { type Facts, rangeIn } from "../rule.ts";

/** Well-known magics that IPython does not have itself, by the extension that `%load_ext` brings them with. */
const extensions: Readonly<Record<string, string>> = {
  autoreload: "autoreload",
  watermark: "watermark",
  memit: "memory_profiler",
  mprun: "memory_profiler",
  lprun: "line_profiler",
  cython: "Cython",
  tensorboard: "tensorboard",
};

interface Use {
  readonly cell: CellText;
  readonly command: Command;
  readonly extension: string;
}

const uses = inText(function* (cell): Generator<Use> {
  for (const command of cell.translation.commands) {
    if (command.kind !== "line-magic" && command.kind !== "cell-magic") continue;
    const extension = Object.hasOwn(extensions, command.name) ? extensions[command.name] : undefined;
    if (extension !== undefined) yield { cell, command, extension };
  }
});

/** Whatever may load an extension or make a magic: this one, or any that a file which is run may load. */
const loads = inText(function* (cell): Generator<string> {
  const { source } = cell.translation;
  const found = /\b(?:load_ext|reload_ext|extension_manager|register_\w*magic\w*|magics_class)\b.*|%run\b/g;
  for (const [text] of source.matchAll(found)) yield text;
});

/** `%watermark` where nothing loads the extension that it comes with: the kernel of the recorded run had it from elsewhere. */
export function* unloadedMagics(document: Parameters<typeof uses>[0]): Generator<Facts> {
  const told = new Set<string>();
  const loading = loads(document);
  for (const { cell, command, extension } of uses(document)) {
    if (told.has(extension) || loading.some((text) => mayLoad(text, extension))) continue;
    told.add(extension);
    const { name, kind, span } = command;
    const percents = kind === "line-magic" ? "%" : "%%";
    const first = cell.translation.source.slice(span.start).split("\n", 1)[0] ?? "";
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: rangeIn(cell, { start: span.start, end: span.start + first.trimEnd().length }),
      subject: `${percents}${name}`,
      message:
        `\`${percents}${name}\` comes with the extension ${extension}, which no cell loads: a new kernel does not have it, unless its profile does. ` +
        `Write \`%load_ext ${extension}\` above it.`,
      predicts: `UsageError: ${percents === "%" ? "Line" : "Cell"} magic function \`${percents}${name}\` not found.`,
    };
  }
}

function mayLoad(text: string, extension: string): boolean {
  return (
    !/^(?:re)?load_ext\b/.test(text) || /["'({$]/.test(text) || text.toLowerCase().includes(extension.toLowerCase())
  );
}
