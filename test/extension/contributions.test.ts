import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commandIds } from "../../extension/src/command-ids.ts";

const folder = join(import.meta.dirname, "..", "..", "extension");
const { contributes, capabilities, main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

test("package.json and the code name the same commands", () => {
  const contributed: string[] = contributes.commands.map(({ command }: { command: string }) => command);
  assert.deepEqual(contributed.toSorted(), Object.values<string>(commandIds).toSorted());
  const used = Object.values(contributes.menus as Record<string, { command?: string }[]>).flat();
  for (const { command } of used) assert.ok(command === undefined || contributed.includes(command), command);
});

test("package.json, the code and the documentation name the same settings", () => {
  const declared = Object.keys(contributes.configuration.properties);
  const code = readFileSync(join(folder, "src", "settings.ts"), "utf8");
  const read = [...code.matchAll(/values\.get(?:<[^(]*>)?\("([^"]+)"/g)].map(([, name]) => `reprise.${name}`);
  assert.deepEqual(read.toSorted(), declared.toSorted());
  for (const page of [join(folder, "README.md"), join(folder, "..", "docs", "vscode.md")]) {
    const text = readFileSync(page, "utf8");
    assert.deepEqual(
      declared.filter((name) => !text.includes(`\`${name}\``)),
      [],
      page,
    );
  }
});

test("a workspace that is not trusted names no program and no arguments", () => {
  const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  const dangerous = Object.keys(contributes.configuration.properties).filter((name) => /cliPath|arguments/.test(name));
  assert.deepEqual(dangerous.toSorted(), restrictedConfigurations.toSorted());
  assert.equal(main, "./dist/extension.cjs");
});

test("what a user sets holds in remote windows and in the browser too", () => {
  const properties: Record<string, { scope?: string }> = contributes.configuration.properties;
  const ofMachine = Object.keys(properties).filter((name) => properties[name]?.scope?.startsWith("machine"));
  assert.deepEqual(
    ofMachine,
    [],
    "VS Code leaves these out of the user's settings where a folder is on another machine",
  );
});
