import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { markerHolds, markerValues } from "../../../core/src/environment/lock/marker.ts";
import { parseRequirement, satisfies } from "../../../core/src/environment/lock/requirement.ts";
import { compareVersions } from "../../../core/src/environment/lock/version.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { requirePython } from "../../support/python.ts";

describe("a requirement", () => {
  it("is taken apart as PEP 508 says", () => {
    assert.deepEqual(parseRequirement("Scikit_Learn[extra, more] >= 1.2, <2 ; python_version < '3.12'"), {
      name: "scikit-learn",
      extras: ["extra", "more"],
      specifier: ">=1.2,<2",
      marker: "python_version < '3.12'",
      text: "Scikit_Learn[extra, more] >= 1.2, <2 ; python_version < '3.12'",
    });
    assert.equal(parseRequirement("tool @ git+https://example.org/tool.git")?.url, "git+https://example.org/tool.git");
    assert.equal(parseRequirement("pandas")?.specifier, "");
  });

  it("is none where it is an option, a path or nothing", () => {
    for (const text of [
      "",
      "-r file",
      "--pre",
      "./own.whl",
      "# pandas",
      "pandas = 1",
      "two words",
      "https://x/y.whl",
    ]) {
      assert.equal(parseRequirement(text), undefined, text);
    }
  });

  it("is read in linear time, and never fails, for any text", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRequirement(text)));
    parseRequirement(`a${"-".repeat(200_000)}`);
    parseRequirement(`a ${"==1".repeat(100_000)};`);
  });
});

describe("versions", () => {
  const version = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));

  it("are ordered by numbers, whichever stands left", () => {
    assert.equal(compareVersions("1.10", "1.9"), 1);
    assert.equal(compareVersions("1.0", "1.0.0"), 0);
    fc.assert(fc.property(version, version, (a, b) => compareVersions(a, b) === -compareVersions(b, a)));
  });

  it("fit a specifier or do not", () => {
    assert.ok(satisfies("2.13.0+cpu", "==2.13.0"));
    assert.ok(satisfies("1.4.2", "~=1.4,!=1.4.1"));
    assert.ok(!satisfies("2.0", "~=1.4"));
    assert.ok(satisfies("1.5.3", "==1.5.*") && !satisfies("1.50.3", "==1.5.*"));
  });
});

describe("environment markers", () => {
  const markers = [
    "python_version >= '3.10'",
    "python_full_version < '3.11.4' and sys_platform == 'linux'",
    "sys_platform == 'win32' or platform_machine == 'aarch64'",
    "(python_version < '3.9' or sys_platform != 'darwin') and implementation_name == 'cpython'",
    "platform_machine in 'x86_64 aarch64'",
    "platform_machine not in 'x86_64 aarch64'",
    "'linux' in sys_platform",
    "os_name == 'nt' and (platform_system == 'Windows' or (sys_platform == 'linux'))",
    "python_version == '3.11.*'",
    "python_version ~= '3.10'",
    "python_version != '3.11' and python_version > '3.9'",
  ];

  it("hold where Python's own packaging library says so", async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const platforms = [
      markerValues("3.11.7", "linux", "x64"),
      markerValues("3.9.1", "win32", "x64"),
      markerValues("3.12.0", "darwin", "arm64"),
      markerValues("3.11.2", "linux", "arm64"),
    ];
    const script =
      "import json, sys; from packaging.markers import Marker; q = json.load(sys.stdin); " +
      "print(json.dumps([[Marker(m).evaluate(p) for m in q['markers']] for p in q['platforms']]))";
    const asked = JSON.stringify({ markers, platforms });
    const { stdout, stderr } = await runProcess(python, ["-c", script], { input: asked });
    assert.equal(stderr, "");
    assert.deepEqual(
      platforms.map((values) => markers.map((marker) => markerHolds(marker, values))),
      JSON.parse(stdout),
    );
  });

  it("hold where they cannot be read, however deep they are", () => {
    const values = markerValues("3.11", "linux", "x64");
    assert.ok(markerHolds("unknown_variable == '1'", values));
    assert.ok(markerHolds("))) ((", values));
    assert.ok(!markerHolds(`${"(".repeat(20_000)}sys_platform == 'win32'${")".repeat(20_000)}`, values));
  });
});
