import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { type InterceptingProxy, interceptingProxy } from "../../support/intercepting-proxy.ts";
import { writeIndex } from "../../support/wheels.ts";
import { type Answer, apart, ask } from "./asking.ts";

/** A host that no name server knows: what reaches it went through the proxy. */
const host = "index.corporation.invalid";

const certificateVariables = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT"];
const proxyVariables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

describe("behind a proxy that signs every certificate itself", { timeout: 200_000, concurrency: 3 }, () => {
  const ways: Readonly<Record<string, (proxy: InterceptingProxy) => Way>> = {
    "pip's configuration names proxy and authority": ({ url, authority }) => ({
      pip: [`proxy = ${url}`, `cert = ${authority}`],
    }),
    "HTTPS_PROXY and REQUESTS_CA_BUNDLE name them": ({ url, authority }) => ({
      variables: { HTTPS_PROXY: url, REQUESTS_CA_BUNDLE: authority },
    }),
    "https_proxy and SSL_CERT_FILE name them": ({ url, authority }) => ({
      variables: { https_proxy: url, SSL_CERT_FILE: authority },
    }),
  };
  for (const [name, way] of Object.entries(ways)) {
    it(`packages are locked and installed where ${name}`, async (context) => {
      const { proxy, asked } = await corporation(context, way);
      assert.equal(asked.problem, undefined, asked.output);
      assert.deepEqual(asked.environment?.direct, ["greeting==1.0"]);
      assert.deepEqual(asked.inspected?.packages, [{ name: "greeting", version: "1.0" }]);
      assert.ok((proxy.requests.get(host) ?? 0) >= 2, "the index and the wheel");
    });
  }

  it("the system's own authorities are asked where nobody names one", async (context) => {
    const store = "/etc/ssl/certs/ca-certificates.crt";
    const canMount = (await runProcess("unshare", ["-m", "true"]).catch(() => undefined))?.code === 0;
    if (!canMount || !existsSync(store)) return context.skip("needs Linux with certificates, and the right to mount");
    const { asked, proxy } = await corporation(context, ({ url, authority }) => ({
      variables: { HTTPS_PROXY: url },
      around: ["unshare", "-m", "sh", "-c", `mount --bind ${authority} ${store} && exec "$@"`, "sh"],
    }));
    assert.equal(asked.problem, undefined, asked.output);
    assert.deepEqual(asked.inspected?.packages, [{ name: "greeting", version: "1.0" }]);
    assert.ok((proxy.requests.get(host) ?? 0) >= 2);
  });

  it("a certificate that nobody knows is told, and what to do", async (context) => {
    const { asked } = await corporation(context, ({ url }) => ({ variables: { HTTPS_PROXY: url } }));
    assert.equal(asked.problem?.id, "RP305", asked.output);
    assert.match(asked.problem?.message ?? "", /certificate is not trusted/);
    assert.match(asked.problem?.mend ?? "", /global\.cert FILE, or SSL_CERT_FILE=FILE/);
  });
});

/** How a machine is told of the proxy and of its authority. */
interface Way {
  readonly pip?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly around?: readonly string[];
}

/** Locks and installs a package of an index that only the proxy reaches. */
async function corporation(
  context: TestContext,
  way: (proxy: InterceptingProxy) => Way,
): Promise<{ readonly proxy: InterceptingProxy; readonly asked: Answer }> {
  const folder = temporaryFolder(context);
  const index = join(folder, "simple");
  writeIndex(index, [{ name: "greeting", version: "1.0" }]);
  const proxy = await interceptingProxy(join(folder, "proxy"), { [host]: filesOf(index) });
  context.after(() => proxy.close());
  const { pip = [], variables = {}, around } = way(proxy);
  const configuration = join(folder, "pip.conf");
  writeFileSync(configuration, `[global]\nindex-url = https://${host}/\n${pip.join("\n")}\n`);
  const nothing = [...certificateVariables, ...proxyVariables, ...proxyVariables.map((name) => name.toLowerCase())];
  const asked = await ask(
    { request: { requirements: ["greeting"], python: "3.11" }, make: true },
    {
      ...(await apart(folder, configuration)),
      ...Object.fromEntries(nothing.map((name) => [name, undefined])),
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_CONFIG_DIRS: join(folder, "config"),
      UV_CACHE_DIR: join(folder, "uv"),
      UV_HTTP_RETRIES: "0",
      ...variables,
    },
    around,
  );
  return { proxy, asked };
}

function filesOf(folder: string): RequestListener {
  return (request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.endsWith(".html") ? "text/html" : "application/zip" });
    response.end(readFileSync(file));
  };
}
