import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { lockEnvironment } from "../../../core/src/environment/lock/lock.ts";
import { inspectEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import {
  jupyterDataFolders,
  kernelspecs,
  pythonOfKernelspec,
} from "../../../core/src/environment/python/kernelspec.ts";
import { managedPython } from "../../../core/src/environment/python/version-manager.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";

function isProblem(id: string, message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.id, id);
    assert.match(error.problem.message, message);
    return true;
  };
}

describe("a Python that is looked at", () => {
  it("tells its version, its packages, and that it is a virtual environment", async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const found = await inspectEnvironment(python);
    assert.match(found.version, /^3\.\d+\.\d+$/);
    assert.equal(found.isVirtual, true);
    assert.equal(dirname(dirname(python)), found.folder);
    assert.ok(found.packages.some(({ name, version }) => name === "ipykernel" && /^\d/.test(version)));
  });

  it("is a problem where it does not run", async (context) => {
    const folder = temporaryFolder(context);
    const file = join(folder, "python");
    writeFileSync(file, "#!/bin/sh\necho broken >&2\nexit 3\n", { mode: 0o755 });
    await assert.rejects(inspectEnvironment("/nowhere/python"), isProblem("RP309", /\/nowhere\/python/));
    if (process.platform !== "win32")
      await assert.rejects(inspectEnvironment(file), isProblem("RP309", /not a Python/));
  });
});

describe("a Python that a version manager keeps", () => {
  it("is the newest of its version", { skip: process.platform === "win32" }, (context) => {
    const folder = temporaryFolder(context);
    for (const version of ["3.9.9", "3.9.18", "3.90.1"]) {
      mkdirSync(join(folder, "versions", version, "bin"), { recursive: true });
      writeFileSync(join(folder, "versions", version, "bin", "python"), "");
    }
    const environment = { PYENV_ROOT: folder };
    assert.equal(managedPython("3.9", environment), join(folder, "versions", "3.9.18", "bin", "python"));
    assert.equal(managedPython("3.9.9", environment), join(folder, "versions", "3.9.9", "bin", "python"));
    assert.equal(managedPython("3.91", environment), undefined);
  });
});

describe("a kernel that Jupyter knows", () => {
  it("is found where Jupyter looks, and names its Python", async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const prefix = dirname(dirname(python));
    assert.ok(kernelspecs([prefix]).some(({ name }) => name === "python3"));
    assert.match(pythonOfKernelspec("python3", [prefix]), /python/);
  });

  it("is looked for in the folders of each system", () => {
    const home = { HOME: "/home/ada", JUPYTER_PATH: "/first" };
    assert.deepEqual(jupyterDataFolders(["/env"], home, "linux"), [
      "/first",
      "/home/ada/.local/share/jupyter",
      "/env/share/jupyter",
      "/usr/local/share/jupyter",
      "/usr/share/jupyter",
    ]);
    assert.equal(jupyterDataFolders([], { HOME: "/Users/ada" }, "darwin")[0], "/Users/ada/Library/Jupyter");
  });

  it("is a problem where it is not there, or not for Python", (context) => {
    const data = temporaryFolder(context);
    for (const [name, spec] of [
      ["ir", '{"argv": ["R"], "language": "R", "display_name": "R"}'],
      ["broken", "{"],
    ] as const) {
      mkdirSync(join(data, "share", "jupyter", "kernels", name), { recursive: true });
      writeFileSync(join(data, "share", "jupyter", "kernels", name, "kernel.json"), spec);
    }
    assert.throws(
      () => pythonOfKernelspec("no-such-kernel", [data]),
      isProblem("RP310", /no-such-kernel.*there is .*ir/),
    );
    assert.throws(() => pythonOfKernelspec("ir", [data]), isProblem("RP310", /not one for Python/));
    assert.throws(() => pythonOfKernelspec("broken", [data]), isProblem("RP310", /no kernel called "broken"/));
  });
});

describe("locking", () => {
  it("ends at once when it is called off", async () => {
    const request = { requirements: ["tensorflow"], python: "3.11" };
    const reason = new Error("called off");
    await assert.rejects(lockEnvironment(request, { signal: AbortSignal.abort(reason), refresh: true }), reason);
  });
});
