/**
 * A CPython that is compiled to WebAssembly, as if it were a `python` of this machine: `run.ts FOLDER script.py` runs the
 * script with this process's standard input; what it opens are files of the machine. FOLDER is `pyodide`'s.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Pyodide {
  readonly globals: { set(name: string, value: unknown): void };
  mountNodeFS(inside: string, folder: string): void;
  runPython(code: string): unknown;
}

const [folder = "", script = ""] = process.argv.slice(2);
const { loadPyodide } = (await import(pathToFileURL(join(folder, "pyodide.mjs")).href)) as {
  loadPyodide(options: object): Promise<Pyodide>;
};
const pyodide = await loadPyodide({
  indexURL: folder,
  stdout: (text: string) => process.stdout.write(`${text}\n`),
});
pyodide.mountNodeFS("/machine", "/");
pyodide.globals.set("given_script", readFileSync(script, "utf8"));
pyodide.globals.set("given_input", readFileSync(0, "utf8"));
pyodide.runPython(`
import io, sys
sys.stdin = io.StringIO(given_input)
names = {"__name__": "__main__", "open": lambda path, *args, **named: open("/machine" + path, *args, **named)}
exec(compile(given_script, "script", "exec"), names)
`);
