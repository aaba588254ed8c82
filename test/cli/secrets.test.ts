/** Secrets by name: found, given to the code, and nowhere to be seen. */
import assert from "node:assert/strict";
import { chmodSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import type { FinishedProcess } from "../../core/src/host/child-process.ts";
import { secretForms } from "../../core/src/secret/secret-forms.ts";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

const secrets = {
  DB_PASSWORD: "p@ss wörd/<&'\">+%=?",
  API_TOKEN: "tok-5eCr3t-0123456789abcdef",
  SIGNING_KEY: "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQDx\n-----END KEY-----",
};

/** Prints every secret in every way that comes to mind, and in pieces. */
const leaking = `
import base64, html, json, logging, os, subprocess, sys, urllib.parse
from IPython.display import HTML, JSON, display
for name in ("DB_PASSWORD", "API_TOKEN", "SIGNING_KEY"):
    secret = os.environ[name]
    print(secret, repr(secret), json.dumps({"a": secret}), json.dumps(json.dumps([secret])), ascii(secret))
    print(urllib.parse.quote(secret), urllib.parse.quote_plus(secret), html.escape(secret))
    for offset in range(3):
        print(base64.b64encode(b"x" * offset + secret.encode()).decode())
        print(base64.urlsafe_b64encode(b"x" * offset + secret.encode()).decode())
    print(secret.encode().hex(), file=sys.stderr)
    for letter in secret:
        print(letter, end="", flush=True)
    print()
    display(HTML(f"<b title='{html.escape(secret)}'>{secret}</b>"), JSON({"deep": [{"er": secret}]}))
    logging.warning("connecting with %s", secret)
    os.write(1, secret.encode())
    subprocess.run([sys.executable, "-c", "import os; print(os.environ['" + name + "'])"])
raise ValueError("no connection with " + os.environ["DB_PASSWORD"])
`;

interface Place {
  readonly folder: string;
  run(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<FinishedProcess>;
}

async function place(context: TestContext, source: string): Promise<Place | undefined> {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return undefined;
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), [{ source: "who = 'nobody'", tags: ["parameters"] }, source]);
  return {
    folder,
    run: (args, environment = {}) =>
      reprise(["run", "a.ipynb", "out.ipynb", ...args, "--environment", dirname(dirname(python))], {
        directory: folder,
        environment: { REPRISE_HOME: join(folder, ".reprise"), ...environment },
      }),
  };
}

/** Everything that a run left behind or printed, by name. */
function traces(folder: string, finished: FinishedProcess): ReadonlyMap<string, string> {
  const files = globSync("{out.ipynb,.reprise/**/*}", { cwd: folder }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return new Map([
    ["stdout", finished.stdout],
    ["stderr", finished.stderr],
    ...files.map((file) => [file, readFileSync(join(folder, file), "latin1")] as const),
    ...files.map((file) => [`${file} as text`, readFileSync(join(folder, file), "utf8")] as const),
  ]);
}

test("secrets of the environment and of files are in nothing that a run shows or keeps, in no form", async (context) => {
  const here = await place(context, leaking);
  if (here === undefined) return;
  writeFileSync(join(here.folder, "token.txt"), `${secrets.API_TOKEN}\n`);
  const given = [
    "--secret",
    "DB_PASSWORD",
    "--secret",
    "API_TOKEN=file:token.txt",
    "--secret",
    "SIGNING_KEY=env:OTHER",
  ];
  const parameter = ["-p", "who", secrets.API_TOKEN];
  const finished = await here.run([...given, ...parameter, "--log-output", "--json"], {
    DB_PASSWORD: secrets.DB_PASSWORD,
    OTHER: secrets.SIGNING_KEY,
  });
  const { outcome, failure } = answerOf(finished) as { outcome: string; failure: { message: string } };
  assert.deepEqual([outcome, failure.message], ["failed", "no connection with ***"], finished.stderr);
  const found = traces(here.folder, finished);
  assert.ok(
    [...found.keys()].some((file) => file.endsWith("journal.jsonl")),
    [...found.keys()].join(),
  );
  for (const [file, text] of found) {
    assert.ok(text.length > 0 || file === "stderr" || !file.startsWith("std"), `${file} is empty`);
    for (const [name, secret] of Object.entries(secrets)) {
      for (const form of secretForms(secret)) {
        const at = text.indexOf(form);
        assert.ok(at < 0, `${name} stands in ${file}: ${text.slice(Math.max(0, at - 80), at + 80)}`);
      }
    }
  }
  // What is no secret is there.
  assert.match(readFileSync(join(here.folder, "out.ipynb"), "utf8"), /connecting with \*\*\*/);
  const [record = ""] = globSync(".reprise/runs/*/record.json", { cwd: here.folder });
  assert.deepEqual(JSON.parse(readFileSync(join(here.folder, record), "utf8")).secrets, Object.keys(secrets));
});

test("a secret of the keyring is found with the keyring program that is there", async (context) => {
  const here = await place(context, "import os\nprint(len(os.environ['API_TOKEN']), os.environ['API_TOKEN'])");
  const python = await requirePython(context, "addresses");
  if (here === undefined || python === undefined) return;
  const store = {
    PYTHON_KEYRING_BACKEND: "keyrings.alt.file.PlaintextKeyring",
    XDG_DATA_HOME: join(here.folder, "data"),
  };
  const path = `${dirname(python)}:${process.env.PATH}`;
  const { runProcess } = await import("../../core/src/host/child-process.ts");
  const program = join(dirname(python), "keyring");
  const environment = { ...process.env, ...store };
  const put = await runProcess(program, ["set", "service", "user"], { environment, input: secrets.API_TOKEN });
  assert.equal(put.code, 0, put.stderr);
  const finished = await here.run(["--secret", "API_TOKEN=keyring:service/user"], { ...store, PATH: path });
  assert.equal(finished.code, 0, finished.stderr);
  assert.match(
    readFileSync(join(here.folder, "out.ipynb"), "utf8"),
    new RegExp(`${secrets.API_TOKEN.length} \\*\\*\\*`),
  );
  const missing = await here.run(["--secret", "API_TOKEN=keyring:service/nobody", "--json"], { ...store, PATH: path });
  const { error } = answerOf(missing) as { error: { id: string; mend: string } };
  assert.equal(error.id, "RP148");
  assert.match(error.mend, /keyring set service nobody/);
});

test("a secret that is not found, too short, or given as a value is refused, and not shown", async (context) => {
  const here = await place(context, "print(1)");
  if (here === undefined) return;
  mkdirSync(join(here.folder, "folder"));
  chmodSync(join(here.folder, "folder"), 0o700);
  for (const secret of ["NOT_SET_HERE", "A=file:none.txt", "A=file:folder", "PIN", "A=s3cr3t-value", "A-B", "=x"]) {
    const finished = await here.run(["--secret", secret, "--json"], { PIN: "abc" });
    const { error } = answerOf(finished) as { error: { id: string } };
    assert.equal(error.id, "RP148", finished.stdout);
    assert.ok(!finished.stdout.includes("s3cr3t-value") && !finished.stdout.includes('"abc"'));
  }
});

test("the recorded call holds neither what opens an address nor variables that are called as secrets are", async (context) => {
  const here = await place(context, "print(1)");
  if (here === undefined) return;
  const finished = await here.run(["--env", "MY_API_KEY=hidden-value", "--env", "LEVEL=shown-value", "--json"]);
  assert.equal(finished.code, 0, finished.stderr);
  const [record = ""] = globSync(".reprise/runs/*/record.json", { cwd: here.folder });
  const text = readFileSync(join(here.folder, record), "utf8");
  assert.ok(!text.includes("hidden-value") && text.includes("MY_API_KEY=***") && text.includes("LEVEL=shown-value"));
});
