import { join } from "node:path";
import { isIpykernel, type Kernelspec, programOf } from "../environment/python/kernelspec.ts";
import { agentFolder } from "../host/assets.ts";
import type { Transport } from "../kernel/message.ts";
import { connectZeroMq } from "../kernel/zeromq-transport.ts";
import { ProblemError } from "../problem/problem.ts";
import { prepareConnection } from "./connection.ts";
import { endsWithin } from "./ends-within.ts";
import type {
  Engine,
  KernelOptions,
  KernelProcess,
  LocalEngineOptions,
  ProgramOptions,
  ProgramResult,
} from "./engine.ts";
import { LocalProcess } from "./local-process.ts";

/** Starts a process in a folder, with variables besides those of this process and of the environment. */
type Start = (
  command: Command,
  directory: string,
  variables: NodeJS.ProcessEnv,
  onStdio: KernelOptions["onStdio"],
) => Promise<LocalProcess>;

type Command = readonly [string, ...string[]];

/** Runs kernels and programs as processes of this machine, in a Python environment or as a kernelspec says. */
export async function localEngine(options: LocalEngineOptions): Promise<Engine> {
  const { environment } = options;
  const python = environment?.python ?? "python";
  const running = new Set<LocalProcess>();
  const transports = new Set<Transport>();
  const start: Start = async (command, directory, variables, onStdio) => {
    const all = { ...process.env, ...environmentOf(environment?.folder), ...variables };
    const started = await LocalProcess.start(command, directory, all, onStdio);
    running.add(started);
    void started.exited.then(() => running.delete(started));
    return started;
  };
  return {
    kind: "local",
    description: { kind: "local", ...(environment && { python: environment.version }) },
    async startKernel(kernel) {
      kernel.signal?.throwIfAborted();
      const started = await startLocalKernel(options, kernel, start);
      transports.add(started.transport);
      return started;
    },
    run: (program) => runLocalProgram(python, program, start),
    pathInside: (folder) => folder,
    async close() {
      await Promise.all([...running].map((each) => each.stop(1000)));
      await Promise.all([...transports].map((each) => each.close()));
    },
  };
}

async function startLocalKernel(
  { environment, kernelspec }: LocalEngineOptions,
  { directory, environment: variables, onStdio, secrets }: KernelOptions,
  start: Start,
): Promise<KernelProcess> {
  const isOwn = environment !== undefined && (kernelspec === undefined || isIpykernel(kernelspec));
  const connection = await prepareConnection(isOwn);
  const transport = await connectZeroMq(connection.addresses, isOwn);
  try {
    const command =
      isOwn || kernelspec === undefined
        ? ownKernel(environment?.python ?? "python", connection.file)
        : commandOf(kernelspec, connection.file);
    const ofKernel = { ...variables, ...secrets, ...variablesOf(kernelspec), JPY_PARENT_PID: String(process.pid) };
    const started = await start(command, directory, ofKernel, onStdio);
    const removed = started.exited.then(connection.remove);
    return {
      transport,
      key: connection.key,
      exited: started.exited,
      ...(kernelspec?.interruptMode === "message" && { interruptsByMessage: true }),
      usage: () => started.usage(),
      interrupt: async () => started.signal("SIGINT"),
      async stop(graceMilliseconds) {
        const exit = await started.stop(graceMilliseconds);
        await removed;
        return exit;
      },
    };
  } catch (error) {
    await transport.close();
    await connection.remove();
    throw error;
  }
}

async function runLocalProgram(
  python: string,
  { command: [program, ...args], directory, environment, secrets, ...options }: ProgramOptions,
  start: Start,
): Promise<ProgramResult> {
  const { onOutput, onStarted, signal, timeoutMilliseconds } = options;
  signal?.throwIfAborted();
  const began = performance.now();
  const texts = { stdout: "", stderr: "" };
  const command: Command = [program === "python" ? python : program, ...args];
  const started = await start(command, directory, { ...environment, ...secrets }, (stream, text) => {
    texts[stream] += text;
    onOutput?.(stream, text);
  });
  onStarted?.(() => started.usage());
  const exit = await endsWithin(started, timeoutMilliseconds, signal);
  return { ...exit, ...texts, seconds: (performance.now() - began) / 1000 };
}

/** History in memory only: a run neither reads the user's nor adds to it. */
function ownKernel(python: string, file: string): Command {
  return [python, join(agentFolder, "launcher.py"), "-f", file, "--HistoryManager.hist_file=:memory:"];
}

/** Throws ProblemError RP310 for a kernelspec without a command. */
function commandOf(kernelspec: Kernelspec, file: string): Command {
  const { argv, folder, name } = kernelspec;
  const args = argv.slice(1).map((word) => word.replaceAll("{connection_file}", file));
  const program = programOf(kernelspec);
  if (program !== "") return [program, ...args.map((word) => word.replaceAll("{resource_dir}", folder))];
  throw new ProblemError({
    id: "RP310",
    message: `The kernel ${name} says no command that starts it.`,
    mend: "Install the kernel again, or name another with -k.",
  });
}

/** As Jupyter: `${NAME}` in them stands for a variable of this process. */
function variablesOf(kernelspec: Kernelspec | undefined): NodeJS.ProcessEnv {
  const entries = Object.entries(kernelspec?.environment ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replace(/\$\{(\w+)\}/g, (all, other) => process.env[other] ?? all)]),
  );
}

/** So that `!pip`, `!python` and console scripts of the notebook are those of its environment. */
function environmentOf(folder: string | undefined): NodeJS.ProcessEnv {
  if (folder === undefined) return {};
  const scripts = join(folder, process.platform === "win32" ? "Scripts" : "bin");
  const separator = process.platform === "win32" ? ";" : ":";
  return { VIRTUAL_ENV: folder, PATH: [scripts, process.env.PATH ?? ""].join(separator) };
}
