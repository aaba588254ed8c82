import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packFrames, RecordReader, unpackFrames, writeRecord } from "../../../core/src/engine/relay-records.ts";

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));

test("frames are unpacked as they were packed", () => {
  fc.assert(fc.property(fc.array(bytes), (frames) => assert.deepEqual(unpackFrames(packFrames(frames)), frames)));
});

test("records are read whole, however the stream is cut", () => {
  const record = fc.record({ kind: fc.integer({ min: 0, max: 255 }), payload: bytes }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(record), fc.integer({ min: 1, max: 30 }), (records, size) => {
      const stream = Buffer.concat(records.map(({ kind, payload }) => writeRecord(kind, payload)));
      const reader = new RecordReader();
      const read = [];
      for (let at = 0; at < stream.length; at += size) read.push(...reader.read(stream.subarray(at, at + size)));
      assert.deepEqual(read, records);
    }),
  );
});
