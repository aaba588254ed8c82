import { join } from "node:path";
import { isIpykernel, type Kernelspec, programOf } from "../environment/python/kernelspec.ts";
import { agentFolder } from "../host/assets.ts";
import type { Transport } from "../kernel/message.ts";
import { connectZeroMq } from "../kernel/zeromq-transport.ts";
import { ProblemError } from "../problem/problem.ts";
import { prepareConnection } from "./connection.ts";
import type { Engine, KernelOptions, LocalEngineOptions } from "./engine.ts";
import { LocalProcess } from "./local-process.ts";

/** Runs kernels and programs as processes of this machine, in a Python environment or as a kernelspec says. */
export async function localEngine({ environment, kernelspec }: LocalEngineOptions): Promise<Engine> {
  const python = environment?.python ?? "python";
  const isOwn = environment !== undefined && (kernelspec === undefined || isIpykernel(kernelspec));
  const running = new Set<LocalProcess>();
  const transports = new Set<Transport>();
  const start = async (args: readonly [string, ...string[]], options: KernelOptions, more: NodeJS.ProcessEnv = {}) => {
    const variables = {
      ...process.env,
      ...environmentOf(environment?.folder),
      ...options.environment,
      ...options.secrets,
      ...more,
    };
    const started = await LocalProcess.start(args, options.directory, variables, options.onStdio);
    running.add(started);
    void started.exited.then(() => running.delete(started));
    return started;
  };
  return {
    kind: "local",
    description: { kind: "local", ...(environment && { python: environment.version }) },
    async startKernel(options) {
      options.signal?.throwIfAborted();
      const connection = await prepareConnection(isOwn);
      const transport = await connectZeroMq(connection.addresses, isOwn);
      transports.add(transport);
      try {
        const command =
          isOwn || kernelspec === undefined
            ? ownKernel(python, connection.file)
            : commandOf(kernelspec, connection.file);
        const variables = { ...variablesOf(kernelspec), JPY_PARENT_PID: String(process.pid) };
        const started = await start(command, options, variables);
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
    },
    async run(options) {
      const began = performance.now();
      options.signal?.throwIfAborted();
      const [program, ...args] = options.command;
      const texts = { stdout: "", stderr: "" };
      const started = await start([program === "python" ? python : program, ...args], {
        directory: options.directory,
        ...(options.environment && { environment: options.environment }),
        ...(options.secrets && { secrets: options.secrets }),
        onStdio(stream, text) {
          texts[stream] += text;
          options.onOutput?.(stream, text);
        },
      });
      options.onStarted?.(() => started.usage());
      const exit = await started.endsWithin(options.timeoutMilliseconds, options.signal);
      return { ...exit, ...texts, seconds: (performance.now() - began) / 1000 };
    },
    pathInside: (folder) => folder,
    async close() {
      await Promise.all([...running].map((each) => each.stop(1000)));
      await Promise.all([...transports].map((each) => each.close()));
    },
  };
}

/** History in memory only: a run neither reads the user's nor adds to it. */
function ownKernel(python: string, file: string): readonly [string, ...string[]] {
  return [python, join(agentFolder, "launcher.py"), "-f", file, "--HistoryManager.hist_file=:memory:"];
}

/** Throws ProblemError RP310 for a kernelspec without a command. */
function commandOf(kernelspec: Kernelspec, file: string): readonly [string, ...string[]] {
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
