import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "commander";
import { program } from "../../cli/src/program.ts";

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function helpOf(command: Command): string {
  let text = "";
  command
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
    })
    .outputHelp();
  return text;
}

test("the help of all shows how to begin, with commands that are there", () => {
  const all = program("0.0.0");
  const [, examples = ""] = helpOf(all).split("\nExamples:\n");
  const names = [...examples.matchAll(/reprise (\S+)/g)].map(([, name]) => name);
  assert.ok(names.length >= 3);
  const known = all.commands.map((command) => command.name());
  for (const name of names) assert.ok(name === "COMMAND" || known.includes(name ?? ""), name);
});

for (const command of program("0.0.0").commands) {
  test(`the help of ${command.name()} has examples, which the command line understands`, () => {
    const [, examples] = helpOf(command).split("\nExamples:\n");
    assert.ok(examples, "there are examples");
    const lines = examples.split("\n").filter((line) => line.trim() !== "");
    assert.ok(lines.length >= 2);
    const known = leaves(command).flatMap(({ options }) => options.flatMap(({ long, short }) => [long, short]));
    for (const line of lines) {
      const call = /reprise .*/.exec(line)?.[0] ?? "";
      assert.equal(call.split(/\s/)[1], command.name(), line);
      for (const [, flag] of call.matchAll(/\s(--?[a-z-]+)/g)) assert.ok(known.includes(flag), `${flag} of ${line}`);
    }
  });

  test(`every option and argument of ${command.name()} is described`, () => {
    for (const leaf of leaves(command)) {
      assert.ok(leaf.description().length > 10, leaf.name());
      for (const option of leaf.options) assert.ok(option.description.length > 3, `${leaf.name()} ${option.flags}`);
      for (const argument of leaf.registeredArguments)
        assert.ok(argument.description, `${leaf.name()} ${argument.name()}`);
    }
  });
}
