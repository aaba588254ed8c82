import assert from "node:assert/strict";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { removedApis } from "../../../core/src/rules/environment/removed-apis.ts";
import { removedArguments } from "../../../core/src/rules/environment/removed-arguments.ts";
import { removedValues } from "../../../core/src/rules/environment/removed-values.ts";
import { requirePython } from "../../support/python.ts";

const program = `
import importlib, inspect, json, sys, warnings
from importlib.metadata import version
warnings.simplefilter("ignore")
distributions = {"sklearn": "scikit-learn"}

def takes(api, called):
    """Whether a function or model takes the value that the table calls removed."""
    library = api["name"].split(".")[0]
    try:
        if library == "sklearn":
            called(**{api["argument"]: api["value"]})._validate_params()
        elif library == "pandas":
            from pandas.tseries.frequencies import to_offset
            for count in ("", "2"):
                to_offset(count + api["value"])
        else:
            called(api["value"])
    except (ValueError, OSError):
        return False
    return True

def is_there(api):
    value = found(api["name"])
    if "value" in api:
        return takes(api, value)
    if value is missing or not ("keyword" in api or "positional" in api):
        return value is not missing
    parameters = list(inspect.signature(value).parameters.values())
    kinds = [each.kind for each in parameters]
    if "keyword" in api:
        return inspect.Parameter.VAR_KEYWORD in kinds or api["keyword"] in [each.name for each in parameters]
    placed = sum(kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD) for kind in kinds)
    placed -= parameters[0].name == "self"
    return inspect.Parameter.VAR_POSITIONAL in kinds or placed > api["positional"]

missing = object()

def found(name):
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:end]))
        except Exception:
            continue
        for part in parts[end:]:
            try:
                value = getattr(value, part)
            except Exception:  # AttributeError, or the library's own with advice
                return missing
        return value
    return missing

def number(text):
    return [int(part) for part in text.split(".")[:2]]

told = {"there": [], "looked": 0}
for api in json.loads(sys.argv[1]):
    library = api["name"].split(".")[0]
    try:
        installed = version(distributions.get(library, library))
    except Exception:
        continue
    if number(installed) >= number(api["since"]):
        told["looked"] += 1
        if is_there(api):
            told["there"].append(api)
print(json.dumps(told))
`;

test("the installed libraries have none of what the table calls removed", { timeout: 120_000 }, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const all = [...removedApis, ...removedArguments, ...removedValues];
  const { stdout } = await runProcess(python, ["-c", program, JSON.stringify(all)]);
  const told: { there: unknown[]; looked: number } = JSON.parse(stdout);
  assert.deepEqual(told.there, []);
  assert.ok(told.looked >= 80, `only ${told.looked} of ${all.length} could be looked for`);
});
