/** Notebooks at addresses, from the command line: S3 is moto's server. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { readAddress } from "../../core/src/address/transfer.ts";
import type { FinishedProcess } from "../../core/src/host/child-process.ts";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";
import { startS3 } from "../support/stores.ts";

interface Bucket {
  readonly folder: string;
  readonly url: string;
  get(path: string): Promise<string>;
  put(path: string, text: string): Promise<void>;
  run(...args: readonly string[]): Promise<FinishedProcess>;
}

async function bucket(context: TestContext): Promise<Bucket | undefined> {
  const python = await requirePython(context, "kernel");
  const server = python === undefined ? undefined : await startS3(context);
  if (python === undefined || server === undefined) return undefined;
  const folder = temporaryFolder(context);
  const url = `${server.AWS_ENDPOINT_URL}/notebooks`;
  return {
    folder,
    url,
    async get(path) {
      Object.assign(process.env, server);
      return Buffer.from(await readAddress(`s3://notebooks/${path}`)).toString();
    },
    async put(path, text) {
      await fetch(`${url}/${path}`, { method: "PUT", body: text });
    },
    run: (...args) =>
      reprise([...args, "--environment", dirname(dirname(python))], {
        directory: folder,
        environment: { ...server, REPRISE_HOME: join(folder, ".reprise") },
      }),
  };
}

test("a notebook in a bucket is run into the bucket, and the output is there whole when the run is over", async (context) => {
  const s3 = await bucket(context);
  if (s3 === undefined) return;
  await s3.put("in.ipynb", notebookText([{ source: "x = 1", tags: ["parameters"] }, "print('x is', x)"]));
  await s3.put("out.ipynb", "what was there");
  await s3.put("values.yaml", "x: 5");
  const places = ["s3://notebooks/in.ipynb", "s3://notebooks/out.ipynb", "-f", "s3://notebooks/values.yaml"];
  const finished = await s3.run("run", ...places, "--json");
  const answer = answerOf(finished);
  assert.deepEqual([answer.outcome, answer.output], ["succeeded", "s3://notebooks/out.ipynb"], finished.stderr);
  const written = await s3.get("out.ipynb");
  assert.match(written, /x is 5/);
  assert.equal(JSON.parse(written).metadata.papermill.output_path, "s3://notebooks/out.ipynb");
});

test("where the output cannot be written after all, nothing is lost: the object, the notebook and the journal stay", async (context) => {
  const s3 = await bucket(context);
  if (s3 === undefined) return;
  const emptied = new URL("/moto-api/reset", s3.url).href;
  const source = `import urllib.request\nurllib.request.urlopen(urllib.request.Request("${emptied}", method="POST"))\nprint("don" + "e")`;
  await s3.put("in.ipynb", notebookText([source]));
  const finished = await s3.run("run", "s3://notebooks/in.ipynb", "s3://notebooks/out.ipynb", "--json");
  const { error } = answerOf(finished) as { error: { id: string; mend: string } };
  assert.equal(error.id, "RP363", finished.stdout);
  const kept = /kept: (.+)$/.exec(error.mend)?.[1] ?? "";
  assert.match(readFileSync(kept, "utf8"), /done/);
  assert.ok(existsSync(join(dirname(kept), "journal.jsonl")));
  const record = JSON.parse(readFileSync(join(dirname(kept), "record.json"), "utf8"));
  assert.deepEqual([record.status, record.failure.name], ["failed", "OutputNotWritten"]);
});
