import assert from "node:assert/strict";
import { test } from "node:test";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import { planned, written } from "../project/written.ts";

const imports = "import os\nimport sqlite3\nimport pandas as pd\nfrom sqlalchemy import create_engine\n";

/** How many stages a notebook of two tagged stages has that both use a connection. */
const stagesOf = (
  opening: string,
  first: string,
  second = 'b = pd.read_sql("select * from b", con)\nprint(len(b))',
) => {
  const { plan, analysis } = planned(
    `# %% tags=reprise:stage=one\n${imports}${opening}\n${first}\n# %% tags=reprise:stage=two\n${second}\nprint(a)\n`,
  );
  assert.deepEqual(planFaults(plan, analysis), []);
  return plan.stages.length;
};

const open = 'con = sqlite3.connect("shop.db")';
const ask = 'a = pd.read_sql("SELECT * FROM a", con)';

test("a connection that is only asked is opened again in each stage that asks it", () => {
  const { stages } = written(
    `${imports}${open}\n${ask}`,
    'total = a["x"].sum()',
    'b = pd.read_sql_query(f"with c as (select 1) select * from c", con=con)\nprint(total, len(b))\ncon.close()',
  );
  assert.equal(stages.match(/con = sqlite3\.connect\(/g)?.length, 2);
  assert.equal(stagesOf(open, ask), 2);
  assert.equal(stagesOf('con = create_engine("postgresql://" + os.environ["DB"])', ask), 2);
  assert.equal(
    stagesOf("PATH = 'shop.db'\ncon = sqlite3.connect(PATH)", 'query = "select 1"\na = pd.read_sql(query, con)'),
    2,
  );
  assert.equal(stagesOf(open, 'def ask(text):\n    return pd.read_sql(text, con)\na = ask("select 1")'), 2);
});

test("a connection that is written to, or that something else has, is not opened again", () => {
  const others = [
    'a = 1\ncon.execute("create temp table b as select 1")',
    'a = pd.read_sql("insert into b values (1) returning *", con)',
    'a = pd.read_sql("with n as (delete from b returning *) select * from n", con)',
    "a = con.cursor()",
    "a = [con]",
    "a = 1\ncon.row_factory = sqlite3.Row",
    'a = 1\npd.DataFrame({"x": [1]}).to_sql("b", con)',
    `${ask}\ncon = sqlite3.connect("other.db")`,
  ];
  for (const other of others) assert.equal(stagesOf(open, other), 1, other);
});

test("a database in memory, and one whose name the notebook computes, is not opened again", () => {
  const others = [
    'con = sqlite3.connect(":memory:")',
    'con = create_engine("sqlite://")',
    'PATH = ":memory:"\ncon = sqlite3.connect(PATH)',
    'names = sorted(os.listdir("."))\ncon = sqlite3.connect(names[0])',
  ];
  for (const other of others) assert.equal(stagesOf(other, ask), 1, other);
});
