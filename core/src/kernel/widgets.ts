import type * as nbformat from "@jupyterlab/nbformat";
import { CellOutputs, type DisplayRegistry } from "./cell-outputs.ts";
import type { Message } from "./message.ts";

/** A message of the comm protocol (https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages). */
export interface CommMessage {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly content: Message["content"];
  /** In base64. */
  readonly buffers: readonly string[];
}

export interface WidgetListener {
  /** The outputs of an Output widget changed here: the kernel's side of it has to be told. */
  onOutputs(comm: string, outputs: readonly nbformat.IOutput[]): void;
  onUnknownTarget(target: string): void;
}

interface Model {
  readonly state: Record<string, unknown>;
  /** Binary parts of the state, by their path in it. */
  readonly buffers: Map<string, { readonly path: readonly unknown[]; readonly data: string }>;
  /** What an Output widget holds. */
  outputs?: CellOutputs;
  /** The request whose outputs it takes. */
  captures?: string;
}

const widgetTarget = "jupyter.widget";

/**
 * The widgets of a notebook as their kernel tells of them, so that they are saved as Jupyter saves them
 * (https://ipywidgets.readthedocs.io/en/stable/embedding.html), and the outputs that go into Output widgets.
 */
export class Widgets {
  readonly #models = new Map<string, Model>();
  /** By request, the Output widgets that take its outputs; the last one does. */
  readonly #capturing = new Map<string, string[]>();
  readonly #displays: DisplayRegistry;
  readonly #listener: WidgetListener | undefined;

  constructor(displays: DisplayRegistry, listener?: WidgetListener) {
    this.#displays = displays;
    this.#listener = listener;
  }

  take({ type, content, buffers }: CommMessage): void {
    const id = String(content.comm_id);
    const data = (content.data ?? {}) as Record<string, unknown>;
    if (type === "comm_open" && content.target_name !== widgetTarget) {
      this.#listener?.onUnknownTarget(String(content.target_name));
      return;
    }
    if (type === "comm_close") this.#capture(id, undefined);
    else if (type === "comm_open" || data.method === "update") this.#update(id, data, buffers);
  }

  /** Gives an output message of a request to the Output widget that takes it; false where there is none. */
  capture(request: string | undefined, message: Parameters<CellOutputs["add"]>[0]): boolean {
    const id = request === undefined ? undefined : this.#capturing.get(request)?.at(-1);
    const model = id === undefined ? undefined : this.#models.get(id);
    if (id === undefined || model === undefined) return false;
    model.outputs ??= new CellOutputs(this.#displays);
    const before = model.outputs.version;
    model.outputs.add(message);
    if (model.outputs.version === before) return true;
    model.state.outputs = model.outputs.toNotebook();
    this.#listener?.onOutputs(id, model.state.outputs as nbformat.IOutput[]);
    return true;
  }

  /** The notebook's `metadata.widgets`; `undefined` without widgets. */
  toNotebook(): Record<string, unknown> | undefined {
    if (this.#models.size === 0) return undefined;
    const state = Object.fromEntries(
      [...this.#models].map(([id, { state, buffers }]) => [
        id,
        {
          model_name: state._model_name,
          model_module: state._model_module,
          model_module_version: state._model_module_version,
          state,
          ...(buffers.size > 0 && { buffers: [...buffers.values()].map((each) => ({ ...each, encoding: "base64" })) }),
        },
      ]),
    );
    return { "application/vnd.jupyter.widget-state+json": { state, version_major: 2, version_minor: 0 } };
  }

  /** A comm without a state is no widget that could be saved. */
  #update(id: string, data: Record<string, unknown>, buffers: readonly string[]): void {
    const given = data.state as Record<string, unknown> | undefined;
    if (given === undefined || given === null || typeof given !== "object") return;
    const model: Model = this.#models.get(id) ?? { state: {}, buffers: new Map() };
    this.#models.set(id, model);
    Object.assign(model.state, given);
    const paths = Array.isArray(data.buffer_paths) ? (data.buffer_paths as unknown[][]) : [];
    paths.forEach((path, at) => {
      const bytes = buffers[at];
      if (bytes !== undefined) model.buffers.set(JSON.stringify(path), { path, data: bytes });
    });
    if (model.state._model_name !== "OutputModel") return;
    if ("outputs" in given) {
      model.outputs = CellOutputs.from((given.outputs ?? []) as nbformat.IOutput[], this.#displays);
    }
    if ("msg_id" in given) this.#capture(id, given.msg_id === "" ? undefined : String(given.msg_id));
  }

  #capture(id: string, request: string | undefined): void {
    const model = this.#models.get(id);
    if (model === undefined) return;
    if (model.captures !== undefined) {
      const rest = (this.#capturing.get(model.captures) ?? []).filter((other) => other !== id);
      this.#capturing.set(model.captures, rest);
    }
    delete model.captures;
    if (request === undefined) return;
    model.captures = request;
    this.#capturing.set(request, [...(this.#capturing.get(request) ?? []), id]);
  }
}
