import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { MessageSignature } from "../../../core/src/kernel/message-signature.ts";

test("a signature is that of Node's own HMAC, whatever the key and the parts", () => {
  const keys = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary", minLength: 60, maxLength: 200 }));
  const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
  fc.assert(
    fc.property(keys, fc.array(parts, { maxLength: 3 }), (key, messages) => {
      const signature = new MessageSignature(key);
      for (const message of messages) {
        const hmac = createHmac("sha256", key);
        for (const part of message) hmac.update(part);
        assert.equal(signature.of(message), hmac.digest("hex"));
      }
    }),
    { numRuns: 30 },
  );
});
