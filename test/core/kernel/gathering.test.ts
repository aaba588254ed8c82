import { test } from "node:test";
import { Gathering } from "../../../core/src/kernel/gathering.ts";

test("a wait for more messages ends when its time is up, and earlier when it is cut", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const gathering = new Gathering();
  await shortRequest(gathering);
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

test("the few messages of a short request are not held up, and neither are those that follow an answer", async (context) => {
  // Time stands still: a wait would never end.
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const gathering = new Gathering();
  for (let request = 0; request < 100; request++) {
    await shortRequest(gathering);
    gathering.cut();
  }
  await shortRequest(gathering);
  const held = gathering.pause();
  gathering.cut();
  await held;
  await shortRequest(gathering);
});

/** As many messages, one by one, as are let through before any is held up. */
async function shortRequest(gathering: Gathering): Promise<void> {
  for (let at = 0; at < 16; at++) {
    gathering.count();
    await gathering.pause();
  }
}

test("a flood of messages is not held up", async (context) => {
  // Time stands still: a wait would never end.
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const gathering = new Gathering();
  for (let at = 0; at < 1e6; at++) gathering.count();
  await gathering.pause();
});
