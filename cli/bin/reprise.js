#!/usr/bin/env node
// Starts the command line: the built one of a published package, or the sources in a clone, there on the Node that the
// repository pins, because it runs TypeScript whatever Node started this file. CommonJS, with which Node begins sooner.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "..");

if (existsSync(join(folder, "src", "main.ts"))) {
  const { spawn } = require("node:child_process");
  const name = process.platform === "win32" ? "node.exe" : "node";
  const node = join(folder, "..", "node_modules", "node", "bin", name);
  const child = spawn(
    existsSync(node) ? node : process.execPath,
    ["--disable-warning=ExperimentalWarning", join(folder, "src", "main.ts"), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
  });
} else if (Number(process.versions.node.split(".", 1)[0]) < 22) {
  console.error(`Reprise needs Node 22 or newer; this is ${process.version}. See https://nodejs.org`);
  process.exitCode = 3;
} else {
  require(join(folder, "dist", "start.cjs"));
}
