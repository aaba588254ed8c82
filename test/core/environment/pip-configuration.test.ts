import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mergePipConfiguration } from "../../../core/src/environment/uv/pip-configuration.ts";
import { packageSources, uvEnvironment } from "../../../core/src/environment/uv/uv-settings.ts";

const listed = `
:env:.cert='/etc/ca.pem'
global.extra-index-url='\\nhttps://one.example/simple\\nfile:///srv/simple'
global.find-links='/srv/wheels /srv/more'
global.index-url='https://global.example/simple'
global.proxy='http://proxy.example:3128'
global.trusted-host='one.example two.example'
install.index-url="https://bob:it's@install.example/simple"
freeze.timeout='10'
`;

describe("pip's configuration", () => {
  it("is merged in pip's order: global, install, environment", () => {
    const merged = mergePipConfiguration(listed, { PIP_TIMEOUT: "30", PIP_FIND_LINKS: "/env/wheels", HOME: "/root" });
    assert.equal(merged.get("index-url"), "https://bob:it's@install.example/simple");
    assert.equal(merged.get("find-links"), "/env/wheels");
    assert.equal(merged.get("timeout"), "30");
    assert.equal(merged.get("cert"), "/etc/ca.pem");
    assert.equal(merged.get("extra-index-url"), "\nhttps://one.example/simple\nfile:///srv/simple");
  });

  it("is told to uv in uv's words, indexes of this machine apart", () => {
    const home = { XDG_CONFIG_HOME: "/nowhere" };
    const sources = packageSources(mergePipConfiguration(listed, {}), home);
    assert.deepEqual(sources, {
      environment: {
        SSL_CERT_FILE: "/etc/ca.pem",
        HTTPS_PROXY: "http://proxy.example:3128",
        HTTP_PROXY: "http://proxy.example:3128",
        UV_INSECURE_HOST: "one.example two.example",
        UV_DEFAULT_INDEX: "https://bob:it's@install.example/simple",
        UV_INDEX_STRATEGY: "unsafe-best-match",
      },
      findLinks: ["/srv/wheels", "/srv/more"],
      indexes: ["https://one.example/simple"],
      localIndexes: ["file:///srv/simple"],
    });
    assert.equal(uvEnvironment(sources, false).UV_EXTRA_INDEX_URL, "https://one.example/simple");
    assert.equal(uvEnvironment(sources, true).UV_EXTRA_INDEX_URL, "https://one.example/simple file:///srv/simple");
  });

  it("gives way, as in pip, to the authorities that requests is told", () => {
    const own = { XDG_CONFIG_HOME: "/nowhere", CURL_CA_BUNDLE: "/curl.pem", REQUESTS_CA_BUNDLE: "/requests.pem" };
    const { environment } = packageSources(mergePipConfiguration(listed, {}), own);
    assert.equal(environment.SSL_CERT_FILE, "/requests.pem");
    const { environment: told } = packageSources(mergePipConfiguration("", {}), { ...own, SSL_CERT_FILE: "/own.pem" });
    assert.equal(told.SSL_CERT_FILE, undefined);
  });

  it("does not overrule what uv's own environment says", () => {
    const own = { XDG_CONFIG_HOME: "/nowhere", UV_DEFAULT_INDEX: "https://uv.example", SSL_CERT_FILE: "/own.pem" };
    const sources = packageSources(mergePipConfiguration(listed, {}), own);
    assert.equal(sources.environment.UV_DEFAULT_INDEX, undefined);
    assert.equal(sources.environment.SSL_CERT_FILE, undefined);
    assert.deepEqual([sources.indexes, sources.localIndexes, sources.findLinks], [[], [], []]);
  });
});
