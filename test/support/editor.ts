import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type BrowserContext, chromium } from "playwright-core";
import { cacheFolder } from "../../core/src/host/cache-folder.ts";
import { killTree, runProcess, spawnTree } from "../../core/src/host/child-process.ts";

/** Its npm package carries a built VS Code server. It is no dependency of ours: installing it builds native modules. */
const codeServer = "4.139.1";

const settings = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.ignoreRecommendations": true,
  "workbench.colorTheme": "Default Light Modern",
};

/** A real VS Code: the folder of its server, and the browser that shows it. */
export interface Editor {
  readonly server: string;
  readonly browser: string;
}

/** What a test needs to drive VS Code; where it cannot be had, the test is skipped (or fails under REPRISE_REQUIRE=all). */
export async function requireEditor(context: TestContext): Promise<Editor | undefined> {
  try {
    return { browser: findBrowser(), server: await unpackedServer() };
  } catch (error) {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no VS Code to test in: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function findBrowser(): string {
  const places = [
    process.env.REPRISE_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found === undefined)
    throw new Error("there is no Chromium; apt-get install chromium, or name it in REPRISE_CHROMIUM");
  return found;
}

/** The server, unpacked into Reprise's cache on first use (about 170 MB) and kept there. */
async function unpackedServer(): Promise<string> {
  const folder = join(cacheFolder("test-editor"), `vscode-${codeServer}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await must("npm", ["pack", "--silent", "--pack-destination", draft, `code-server@${codeServer}`], draft);
    const archive = `code-server-${codeServer}.tgz`;
    await must("tar", ["xzf", archive, "--strip-components=3", "package/lib/vscode"], draft);
    await must("npm", ["ci", "--omit=dev", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"], draft);
    for (const ballast of [archive, "node_modules/@github", "node_modules/@microsoft/mxc-sdk", "extensions/copilot"]) {
      rmSync(join(draft, ballast), { recursive: true, force: true });
    }
    // Another test file may have been faster; both made the same.
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

export interface EditorSession {
  readonly browser: BrowserContext;
  /** The address of the workbench. */
  readonly url: string;
  /** The server's address as VS Code writes it in URIs: `127.0.0.1:41231`. */
  readonly authority: string;
}

export interface SessionOptions {
  /** Installed for this session. */
  readonly vsix?: string;
  /** User settings, over those of every session. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For the extension host, over this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a VS Code of its own, with a browser, for the time of `work`; both have ended when it returns. */
export async function withEditor<Result>(
  editor: Editor,
  options: SessionOptions,
  work: (session: EditorSession) => Promise<Result>,
): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "reprise-editor-"));
  const server = join(editor.server, "out", "server-main.js");
  const folders = ["--extensions-dir", join(home, "ext"), "--server-data-dir", join(home, "data")];
  mkdirSync(join(home, "ext"));
  mkdirSync(join(home, "data", "data", "User"), { recursive: true });
  const all = { ...settings, ...options.settings };
  writeFileSync(join(home, "data", "data", "User", "settings.json"), JSON.stringify(all));
  let started: ChildProcess | undefined;
  let browser: BrowserContext | undefined;
  try {
    if (options.vsix !== undefined) {
      const install = ["--install-extension", options.vsix, "--accept-server-license-terms", ...folders];
      await must(process.execPath, [server, ...install], home);
    }
    const port = await freePort();
    const authority = `127.0.0.1:${port}`;
    const flags = ["--without-connection-token", "--accept-server-license-terms", "--telemetry-level", "off"];
    const driven = ["--force-disable-user-env", "--enable-smoke-test-driver"];
    started = spawnTree(
      process.execPath,
      [server, "--host", "127.0.0.1", "--port", `${port}`, ...flags, ...folders, ...driven],
      { stdio: "ignore", env: { ...process.env, EXTENSIONS_GALLERY: "{}", ...options.environment } },
    );
    await answering(`http://${authority}/version`);
    browser = await chromium.launchPersistentContext(join(home, "browser"), {
      executablePath: editor.browser,
      headless: true,
      viewport: { width: 1440, height: 900 },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    return await work({ browser, url: `http://${authority}/`, authority });
  } finally {
    await browser?.close();
    if (started !== undefined) await ended(started);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function ended(server: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.once("exit", () => resolve());
  killTree(server, "SIGKILL");
  await promise;
}

async function answering(url: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > end) throw new Error("The server of VS Code did not start within a minute");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  probe.listen(0, "127.0.0.1", () => {
    const address = probe.address();
    resolve(typeof address === "object" && address !== null ? address.port : 0);
  });
  const port = await promise;
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function must(command: string, args: readonly string[], directory: string): Promise<void> {
  const { code, stderr, stdout } = await runProcess(command, args, { directory });
  if (code !== 0) throw new Error(`${command} ${args.slice(0, 2).join(" ")} ended with ${code}: ${stderr || stdout}`);
}
