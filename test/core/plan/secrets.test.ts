import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar, loadTemplates } from "../../../core/src/host/assets.ts";
import { createPythonFormatter } from "../../../core/src/host/python-formatter.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { secretValues } from "../../../core/src/verify/sides/secret-values.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());
const key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD";
const address = "postgresql://me:s3cr3tpw9@db.shop.org:5432/shop";

const notebook = `# %%
import pandas as pd
from sqlalchemy import create_engine
# %%
API_KEY = "${key}"  # of the shop
# %%
engine = create_engine("${address}")
orders = pd.read_sql("select * from orders", engine)
# %%
def headers(name):
    return {"Authorization": API_KEY, "name": name}
# %%
settings = {"password": "tr0ub4dor&3", "user": "me"}
sent = headers(settings["user"])
print(len(orders), len(sent))
`;

test("no file of a project holds a secret of the notebook: each is asked of the environment", async () => {
  const analysis = analyseNotebook(percentNotebook(notebook, "shop.ipynb"), parser);
  const planned = planPipeline(analysis);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") return;
  const { plan } = planned;
  const secrets = plan.parameters.filter(({ origin }) => origin === "secret");
  assert.deepEqual(
    secrets.map(({ name, default: value }) => [name, value]),
    [
      ["API_KEY", ""],
      ["DATABASE_URL", ""],
      ["PASSWORD", ""],
    ],
  );
  const { files } = await generateProject({
    plan,
    analysis,
    templates: loadTemplates(),
    formatter: createPythonFormatter(),
  });
  for (const [path, { text }] of files) {
    for (const secret of [key, "s3cr3tpw9", "tr0ub4dor"]) assert.ok(!text.includes(secret), `${path} holds ${secret}`);
  }
  const code = [...files].filter(([path]) => path.startsWith("src/")).map(([, { text }]) => text);
  assert.ok(code.some((text) => text.includes("create_engine(params.DATABASE_URL)")));
  assert.ok(code.some((text) => text.includes('"password": params.PASSWORD')));
  assert.ok(code.some((text) => text.includes("API_KEY=params.API_KEY")));
  assert.doesNotMatch(files.get("params.yaml")?.text ?? "", /API_KEY|DATABASE_URL|PASSWORD/);
  const conftest = files.get("tests/conftest.py")?.text ?? "";
  assert.match(conftest, /SECRETS: list\[str\] = \["API_KEY", "DATABASE_URL", "PASSWORD"\]/);
  assert.match(files.get("README.md")?.text ?? "", /`API_KEY`, `DATABASE_URL`, `PASSWORD`/);
  assert.deepEqual(secretValues(plan, analysis.document), {
    API_KEY: key,
    DATABASE_URL: address,
    PASSWORD: "tr0ub4dor&3",
  });
});
