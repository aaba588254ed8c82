import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMlflowAddress } from "../../../core/src/tracking/mlflow-address.ts";

const posix = { skip: process.platform === "win32" && "the paths are POSIX's" };

test("a database and a folder of this machine are named in MLflow's ways", posix, () => {
  const local = (address: string) => {
    const parsed = parseMlflowAddress(address, {}, "/home/a");
    return parsed.kind === "local" ? [parsed.backendStore, parsed.artifacts] : parsed.kind;
  };
  assert.deepEqual(local("sqlite:///runs/mlflow.db"), ["sqlite:////home/a/runs/mlflow.db", "/home/a/runs/mlartifacts"]);
  assert.deepEqual(local("runs"), ["sqlite:////home/a/runs/mlflow.db", "/home/a/runs/mlartifacts"]);
  assert.deepEqual(local("file:runs"), local("runs"));
  assert.deepEqual(local("file:///data/my%20runs"), ["sqlite:////data/my runs/mlflow.db", "/data/my runs/mlartifacts"]);
});

test("credentials come from the address, encoded or not, else from MLflow's variables", () => {
  const authorization = (address: string, environment: NodeJS.ProcessEnv = {}) => {
    const parsed = parseMlflowAddress(address, environment);
    const [kind, code = ""] = (parsed.kind === "server" ? (parsed.authorization ?? "") : "").split(" ");
    return kind === "Basic" ? Buffer.from(code, "base64").toString() : `${kind} ${code}`.trim();
  };
  assert.equal(authorization("https://bob:a%40b@host"), "bob:a@b");
  assert.equal(authorization("https://bob:100%@host"), "bob:100%");
  assert.equal(
    authorization("http://host", { MLFLOW_TRACKING_USERNAME: "ann", MLFLOW_TRACKING_PASSWORD: "x" }),
    "ann:x",
  );
  assert.equal(authorization("http://host", { MLFLOW_TRACKING_TOKEN: "t" }), "Bearer t");
  assert.equal(authorization("http://host"), "");
});
