import assert from "node:assert/strict";
import { test } from "node:test";
import { CellOutputs, DisplayRegistry } from "../../../core/src/kernel/cell-outputs.ts";
import type { Message } from "../../../core/src/kernel/message.ts";

type Content = Message["content"];

function message(type: string, content: Content): Message {
  const header = { msg_id: "", session: "", username: "", date: "", msg_type: type, version: "5.3" };
  return { channel: "iopub", header, parent_header: {}, metadata: {}, content, buffers: [] };
}

const stream = (text: string, name = "stdout") => message("stream", { name, text });
const display = (text: string, id?: unknown) =>
  message("display_data", { data: { "text/plain": text }, metadata: {}, transient: { display_id: id } });
const update = (text: string, id: string) =>
  message("update_display_data", { data: { "text/plain": text }, metadata: {}, transient: { display_id: id } });
const clear = (wait: boolean) => message("clear_output", { wait });

function outputsOf(...messages: Message[]): unknown[] {
  const outputs = new CellOutputs(new DisplayRegistry());
  for (const each of messages) outputs.add(each);
  return outputs.toNotebook().map((output) => output.text ?? (output.data as Content | undefined)?.["text/plain"]);
}

test("stdout and stderr stay apart, adjacent text of one stream is one output (27, 28)", () => {
  assert.deepEqual(outputsOf(stream("a"), stream("b"), stream("c", "stderr"), stream("d")), ["ab", "c", "d"]);
});

test("clear_output clears at once, or with the next output, or never where none comes (32, 33, 34)", () => {
  assert.deepEqual(outputsOf(stream("a"), clear(false)), []);
  assert.deepEqual(outputsOf(stream("a"), clear(true), stream("b")), ["b"]);
  assert.deepEqual(outputsOf(stream("a"), clear(true)), ["a"]);
});

test("an update does not end the waiting of clear_output (35)", () => {
  assert.deepEqual(outputsOf(display("a", "x"), clear(true), update("b", "x")), ["b"]);
});

test("clearing forgets display ids (36)", () => {
  const displays = new DisplayRegistry();
  const [first, second] = [new CellOutputs(displays), new CellOutputs(displays)];
  first.add(display("a", "x"));
  first.add(clear(false));
  second.add(display("b", "x"));
  second.add(update("c", "x"));
  assert.deepEqual(first.toNotebook(), []);
  assert.deepEqual(second.toNotebook()[0]?.data, { "text/plain": "c" });
});

test("the same display id updates every earlier display, in other cells too (37 to 40)", () => {
  const displays = new DisplayRegistry();
  const [first, second] = [new CellOutputs(displays), new CellOutputs(displays)];
  first.add(display("a", "x"));
  first.add(display("other"));
  second.add(display("b", "x"));
  second.add(update("unknown", "y"));
  assert.deepEqual(
    [...first.toNotebook(), ...second.toNotebook()].map((output) => output.data),
    [{ "text/plain": "b" }, { "text/plain": "other" }, { "text/plain": "b" }],
  );
});

test("an execute_result with a display id is updated and keeps its count (41)", () => {
  const outputs = new CellOutputs(new DisplayRegistry());
  const content = { data: { "text/plain": "a" }, metadata: {}, execution_count: 3, transient: { display_id: "x" } };
  outputs.add(message("execute_result", content));
  outputs.add(update("b", "x"));
  assert.deepEqual(outputs.toNotebook(), [
    { output_type: "execute_result", execution_count: 3, data: { "text/plain": "b" }, metadata: {} },
  ]);
});

test("transient and its display id may be null (42)", () => {
  const withoutTransient = message("display_data", { data: { "text/plain": "a" }, metadata: {}, transient: null });
  assert.deepEqual(outputsOf(withoutTransient, display("b", null)), ["a", "b"]);
});

test("errors, JSON and messages of unknown kinds (43, 46, 48)", () => {
  const outputs = new CellOutputs(new DisplayRegistry());
  outputs.add(message("error", { ename: "E", evalue: "v", traceback: ["t"] }));
  outputs.add(message("display_data", { data: { "application/json": { a: [1, null] } }, metadata: {} }));
  outputs.add(message("comm_msg", { comm_id: "1" }));
  outputs.add(message("constructor", {}));
  assert.deepEqual(outputs.toNotebook(), [
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
    { output_type: "display_data", data: { "application/json": { a: [1, null] } }, metadata: {} },
  ]);
});
