import type { Engine } from "../../engine/engine.ts";
import type { KernelClient } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import { agentFailure } from "./agent-failure.ts";

/** A module of the capturing agent, and what its `start` is given besides IPython's shell. */
export interface AgentStart {
  readonly engine: Engine;
  /** The folder that `placeAgent` has made. */
  readonly agent: string;
  /** `notebook_session`. */
  readonly module: string;
  /** As JSON. */
  readonly given: readonly unknown[];
  /** Where it writes. */
  readonly folder: string;
}

/** The Python that looks on inside of a kernel. What it is asked leaves no name and no count in the notebook. */
export class KernelAgent {
  readonly #client: KernelClient;
  readonly #module: string;
  readonly #folder: string;

  private constructor(client: KernelClient, module: string, folder: string) {
    this.#client = client;
    this.#module = module;
    this.#folder = folder;
  }

  /** Imports a module of the agent in the kernel and starts it. */
  static async start(client: KernelClient, { engine, agent, module, given, folder }: AgentStart): Promise<KernelAgent> {
    const started = new KernelAgent(client, `reprise_capture.${module}`, folder);
    const path = JSON.stringify(engine.pathInside(agent));
    // One expression, so that the notebook's namespace gets no new name.
    const code = [
      `[__import__("sys").path.insert(0, ${path}),`,
      ` __import__("importlib").import_module("reprise_capture.${module}").start(get_ipython(), *${pythonJson(given)}),`,
      ` __import__("sys").path.remove(${path})]`,
    ];
    await started.#run(code.join("\n"));
    return started;
  }

  /** Calls something of the module: `session.finish()`. That it fails is a bug, or a full disk (ProblemError RP362). */
  async call(expression: string, onMessage?: (message: Message) => void): Promise<void> {
    await this.#run(`__import__("sys").modules["${this.#module}"].${expression}`, onMessage);
  }

  async #run(code: string, onMessage?: (message: Message) => void): Promise<void> {
    const reply = await this.#client.execute(code, { silent: true, ...(onMessage && { onMessage }) });
    if (reply.status === "ok") return;
    throw agentFailure("Capturing in the kernel", reply.error?.traceback.join("\n") ?? reply.status, this.#folder);
  }
}

/** A Python expression for a JSON value. JSON text in a JSON string is a Python string literal. */
export function pythonJson(value: unknown): string {
  return `__import__("json").loads(${JSON.stringify(JSON.stringify(value))})`;
}
