import { test } from "node:test";
import { Gathering } from "../../../core/src/kernel/gathering.ts";

test("a wait for more messages ends when its time is up, and earlier when it is cut", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const gathering = new Gathering();
  gathering.count();
  const first = gathering.pause();
  context.mock.timers.tick(1000);
  await first;
  gathering.count();
  const second = gathering.pause();
  gathering.cut();
  await second;
  gathering.cut();
});

test("a flood of messages is not held up", async (context) => {
  // Time stands still: a wait would never end.
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const gathering = new Gathering();
  for (let at = 0; at < 1e6; at++) gathering.count();
  await gathering.pause();
});
