import assert from "node:assert/strict";
import { constants } from "node:buffer";
import { test } from "node:test";
import { Wire } from "../../../core/src/kernel/wire.ts";

test("a message is read back as it was written", () => {
  const wire = new Wire("key");
  const { id, frames } = wire.write({ type: "execute_request", content: { code: "é\n" } });
  const message = wire.read("shell", [Buffer.from("identity"), ...frames, Buffer.from([1, 2])]);
  assert.equal(message?.header.msg_id, id);
  assert.deepEqual(message?.content, { code: "é\n" });
  assert.deepEqual(message?.buffers, [Buffer.from([1, 2])]);
});

test("a message that was changed on its way, or signed with another key, is not read", () => {
  const wire = new Wire("key");
  const { frames } = wire.write({ type: "status", content: { execution_state: "idle" } });
  const changed = frames.with(5, Buffer.from('{"execution_state":"busy"}'));
  assert.equal(wire.read("iopub", changed), undefined);
  assert.equal(new Wire("other").read("iopub", frames), undefined);
});

test("what is no message is passed over", () => {
  const wire = new Wire("");
  assert.equal(wire.read("iopub", []), undefined);
  assert.equal(wire.read("iopub", [Buffer.from("<IDS|MSG>"), Buffer.from("")]), undefined);
  const header = '{"msg_type":"status"}';
  for (const parts of [
    ["{", "{}", "{}", "{}"],
    ["{}", "{}", "{}", "{}"],
    ["null", "{}", "{}", "{}"],
    [header, "7", "{}", "{}"],
    [header, "{}", "[]", "{}"],
    [header, "{}", "{}", '"text"'],
  ]) {
    const frames = ["<IDS|MSG>", "", ...parts].map((text) => Buffer.from(text));
    assert.equal(wire.read("iopub", frames), undefined, parts.join(" "));
  }
  const empty = ["<IDS|MSG>", "", header, "null", "null", "null"].map((text) => Buffer.from(text));
  assert.deepEqual(wire.read("iopub", empty)?.content, {});
});

test("a message that is longer than a text can be is passed over", () => {
  const header = Buffer.from('{"msg_type":"display_data"}');
  const large = Buffer.alloc(constants.MAX_STRING_LENGTH + 1, " ");
  const frames = [Buffer.from("<IDS|MSG>"), Buffer.from(""), header, Buffer.from("{}"), Buffer.from("{}"), large];
  assert.equal(new Wire("").read("iopub", frames), undefined);
});

test("messages that answer different requests are told apart, whatever their order", () => {
  const wire = new Wire("key");
  const headerOf = (id: string) => ({
    msg_id: id,
    session: "s",
    username: "u",
    date: "d",
    msg_type: "execute_request",
    version: "5.3",
  });
  for (const id of ["one", "one", "two", "one", "six"]) {
    const { frames } = wire.write({ type: "status", content: {}, parent: headerOf(id) });
    assert.equal(wire.read("iopub", frames)?.parent_header.msg_id, id);
  }
});
