import { inText } from "../clue.ts";
import { type Facts, rangeIn, rule } from "../rule.ts";
import { installsSystemPackage } from "./system-package.ts";

/** `pandas==2.2.1`, or a file of pins. */
const pinned = /(?:==|\s-r\s|--requirement|@\s*(?:git|https?|file))/;

export const installInCell = rule("NB402", ({ document }) => installs(document));

const installs = inText(function* (cell): Generator<Facts> {
  for (const { meaning, argument, name, span, body } of cell.translation.commands) {
    const text = `${argument} ${body ?? ""}`;
    if (meaning !== "environment" || !/\b(?:install|add)\b/.test(text) || installsSystemPackage(argument)) continue;
    const isPinned = pinned.test(text);
    yield {
      tier: "hint",
      severity: isPinned ? "info" : "warning",
      cell: cell.translation.cell,
      range: rangeIn(cell, span),
      subject: `${name}${name === "!" ? "" : " "}${argument}`.trim(),
      message:
        "This cell installs packages while the notebook runs" +
        (isPinned ? ": " : ", without saying which versions: next month it installs others, and results change. ") +
        (isPinned ? "it needs the network, and changes the environment of whoever runs it. " : "") +
        "Name the packages with their versions in a requirements.txt beside the notebook (or in pyproject.toml) and remove the line; " +
        "Reprise reads both and locks them.",
      predicts: isPinned
        ? "the run needs a network and a writable environment"
        : "another version of a package is installed",
    };
  }
});
