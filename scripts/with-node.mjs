// Runs a TypeScript file of this repository on the Node that it pins, whatever Node (20 or newer) npm was started with.
// Installs the npm packages first where they are missing or older than the lockfile.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`Reprise needs Node 20 or newer to begin; this is ${process.version}. See https://nodejs.org`);
  process.exit(3);
}

const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const installed = join(root, "node_modules", ".package-lock.json");
const isCurrent =
  existsSync(node) &&
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
if (!isCurrent) {
  console.error("Installing npm packages (npm ci) ...");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error(
      "npm ci failed, see above. Behind a proxy: npm config set proxy, https-proxy and cafile, then again.",
    );
    process.exit(3);
  }
  if (!existsSync(node)) {
    console.error(
      "npm ran no install scripts, so its package `node` is incomplete: npm rebuild node zeromq, then again.",
    );
    process.exit(3);
  }
}

const [script, ...rest] = process.argv.slice(2);
const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, script), ...rest], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
});
