import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withoutCredentials } from "../../../core/src/host/secrets.ts";

describe("a text for people", () => {
  it("has no user and password in its addresses", () => {
    assert.equal(
      withoutCredentials("at https://bob:s3cret@example.org/simple and git+ssh://tok@host/a, http://plain.example/x@y"),
      "at https://***@example.org/simple and git+ssh://***@host/a, http://plain.example/x@y",
    );
  });

  it("is read in linear time", () => {
    const text = "https://".repeat(50_000);
    assert.equal(withoutCredentials(text), text);
    withoutCredentials(`https://${"a".repeat(500_000)}`);
  });
});
