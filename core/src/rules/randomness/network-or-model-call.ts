import type * as ast from "../../python/ast.ts";
import { type CellCode, inCode } from "../clue.ts";
import { type Facts, rangeIn, rule, sourceRange } from "../rule.ts";

/** Calls that ask a service on the network, by their resolved names. */
const calls =
  /^(?:requests\.(?:get|post|put|request|Session\.\w+)|urllib\.request\.(?:urlopen|urlretrieve)|httpx\.(?:get|post)|wget\.download|gdown\.download|kagglehub\.\w+|sklearn\.datasets\.fetch_openml|datasets\.load_dataset|yfinance\.download)$/;

/** Answers of a language model, whatever object they are asked of. */
const models =
  /\.(?:chat\.completions\.create|completions\.create|responses\.create|messages\.create|generate_content)$/;

const downloads = /^\s*(?:wget|curl|gdown|kaggle|aws\s+s3|gsutil|git\s+clone)\b/;

export const networkOrModelCall = rule("NB208", ({ document }) => asked(document));

const asked = inCode(function* (cell): Generator<Facts> {
  for (const { callee, text, node } of cell.statements.flatMap(({ calls }) => calls)) {
    const isModel =
      callee === undefined ? models.test(text) : /^(?:openai|anthropic|google)\./.test(callee) && models.test(callee);
    if (isModel) yield facts(cell, sourceRange(cell, node), text, "another answer in every run", modelText);
    else if (calls.test(callee ?? "") || isAddress(node.args[0], callee))
      yield facts(cell, sourceRange(cell, node), text, "no network, or other data, stops or changes the run", dataText);
  }
  for (const { kind, argument, span } of cell.translation.commands) {
    if (kind === "shell" && downloads.test(argument))
      yield facts(
        cell,
        rangeIn(cell, span),
        argument.trim(),
        "no network, or other data, stops or changes the run",
        dataText,
      );
  }
});

const dataText =
  "asks the network while the notebook runs: what comes back may be something else next month, or nothing. " +
  "Save what it gave in a file beside the notebook, with its date, and read that.";

const modelText =
  "asks a language model, which answers differently each time and is replaced without notice: " +
  "save its answers in a file beside the notebook and read them, or fix the version of the model and keep its answers as a part of the results.";

function facts(cell: CellCode, range: Facts["range"], subject: string, predicts: string, text: string): Facts {
  const shown = subject.length > 60 ? `${subject.slice(0, 59)}…` : subject;
  const message = `\`${shown}\` ${text}`;
  return { tier: "hint", severity: "info", cell: cell.translation.cell, range, subject: shown, message, predicts };
}

/** `pd.read_csv("https://...")`. */
function isAddress(node: ast.Expr | undefined, callee: string | undefined): boolean {
  return (
    node?.type === "Constant" &&
    /^(?:https?|ftp|s3|gs):\/\//.test(String(node.value)) &&
    /^(?:pandas|polars|numpy|geopandas|xarray|skimage)\.(?:\w+\.)*(?:read_\w+|loadtxt|genfromtxt|imread|open_dataset)$/.test(
      callee ?? "",
    )
  );
}
