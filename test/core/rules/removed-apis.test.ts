import assert from "node:assert/strict";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { removedApis } from "../../../core/src/rules/environment/removed-apis.ts";
import { requirePython } from "../../support/python.ts";

const program = `
import importlib, json, sys, warnings
from importlib.metadata import version
warnings.simplefilter("ignore")
distributions = {"sklearn": "scikit-learn"}

def is_there(name):
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
                return False
        return True
    return False

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
        if is_there(api["name"]):
            told["there"].append(api["name"])
print(json.dumps(told))
`;

test("the installed libraries have none of what the table calls removed", { timeout: 120_000 }, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const { stdout } = await runProcess(python, ["-c", program, JSON.stringify(removedApis)]);
  const told: { there: string[]; looked: number } = JSON.parse(stdout);
  assert.deepEqual(told.there, []);
  assert.ok(told.looked >= 20, `only ${told.looked} of ${removedApis.length} could be looked for`);
});
