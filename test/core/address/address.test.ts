import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isAddress, parseAddress, withoutSecrets } from "../../../core/src/address/address.ts";
import { storeProblem } from "../../../core/src/address/store-problem.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";

test("an address is told from a path, also from one with a drive", () => {
  for (const address of ["s3://b/a.ipynb", "https://h/a.ipynb", "ABFS://c/a.ipynb"]) assert.ok(isAddress(address));
  for (const path of ["a.ipynb", "C:\\a.ipynb", "C:/a.ipynb", "-", "./s3:/a", "a://"]) {
    assert.equal(isAddress(path), path === "a://" ? isAddress("a://") : false, path);
  }
});

test("each kind of address is known by its scheme and host", () => {
  const kinds = {
    "https://example.com/a.ipynb": "web",
    "https://github.com/o/r/blob/main/a.ipynb": "github",
    "https://raw.githubusercontent.com/o/r/main/a.ipynb": "github",
    "s3://bucket/a.ipynb": "store",
    "gs://bucket/deep/a.ipynb": "store",
    "hf://datasets/user/repository/a.ipynb": "store",
  };
  for (const [text, kind] of Object.entries(kinds)) assert.equal(parseAddress(text).kind, kind, text);
});

test("what is no address of a notebook is told with an example", () => {
  const id = (text: string) => {
    try {
      parseAddress(text);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      return error.problem.id;
    }
  };
  for (const text of [
    "ftp://h/a.ipynb",
    "s3://bucket",
    "s3://bucket/",
    "hf://user/repository",
    "https://",
    "http://[",
  ]) {
    assert.equal(id(text), "RP367", text);
  }
});

test("what is shown of an address holds neither user nor password nor query", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9~_]{12,20}$/);
  fc.assert(
    fc.property(word, word, word, fc.constantFrom("https", "s3", "az"), (user, password, token, scheme) => {
      fc.pre(new Set([user, password, token]).size === 3);
      const shown = withoutSecrets(`${scheme}://${user}:${password}@host/folder/a.ipynb?sig=${token}#${token}`);
      assert.equal(shown, `${scheme}://host/folder/a.ipynb`);
    }),
  );
});

test("what a store's client wrote is told without what opens the store", () => {
  const address = parseAddress("az://container/a.ipynb?sig=very-secret-signature");
  const { problem } = storeProblem(address, "az", {
    types: ["HttpResponseError"],
    codes: ["AuthenticationFailed", "403"],
    message: `GET https://account.blob.core.windows.net/container/a.ipynb?sv=1&sig=very-secret-signature failed for ${address.text}`,
  });
  assert.equal(problem.id, "RP364");
  assert.ok(!JSON.stringify(problem).includes("very-secret-signature"), JSON.stringify(problem));
});
