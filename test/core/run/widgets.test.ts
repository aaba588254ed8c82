import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

interface SavedWidget {
  readonly model_name: string;
  readonly model_module: string;
  readonly state: { readonly value?: unknown; readonly outputs?: readonly { readonly text?: string }[] };
  readonly buffers?: readonly object[];
}

/** Runs cells; what they printed, the widgets that are saved, and what was warned of. */
async function run(context: TestContext, environment: "kernel" | "kernel6", cells: readonly string[]) {
  const engine = await requireEngine(context, environment);
  if (engine === undefined) return undefined;
  const folder = temporaryFolder(context);
  const notebook = readNotebook(notebookText(cells), join(folder, "a.ipynb"));
  const warnings: string[] = [];
  const { content, record } = await runNotebook({ notebook, engine, directory: folder, command: [] }, (event) => {
    if (event.kind === "warning") warnings.push(event.message);
  });
  assert.equal(record.status, "succeeded", record.failure?.traceback.join("\n"));
  const saved = content.metadata.widgets as Record<string, { state: Record<string, SavedWidget> }> | undefined;
  const widgets = Object.values(saved?.["application/vnd.jupyter.widget-state+json"]?.state ?? {});
  const printed = content.cells.map(({ outputs = [] }) =>
    (outputs as { text?: string }[]).map(({ text = "" }) => text).join(""),
  );
  return { printed, widgets, warnings };
}

const of = (widgets: readonly SavedWidget[], name: string) => widgets.filter(({ model_name }) => model_name === name);
const textsIn = ({ state }: SavedWidget) => (state.outputs ?? []).map(({ text }) => text);

for (const environment of ["kernel", "kernel6"] as const) {
  test(`widgets in ${environment}: their last state and buffers are saved (68, 69)`, async (context) => {
    const ran = await run(context, environment, [
      "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nimage = ipywidgets.Image(value=b'\\x00\\x01')",
      "slider.value = 7\nimage.value = b'\\x02'",
    ]);
    if (ran === undefined) return;
    const [slider] = of(ran.widgets, "IntSliderModel");
    assert.deepEqual([slider?.state.value, slider?.model_module], [7, "@jupyter-widgets/controls"]);
    assert.deepEqual(of(ran.widgets, "ImageModel")[0]?.buffers, [
      { path: ["value"], data: "Ag==", encoding: "base64" },
    ]);
  });

  test(`comms in ${environment}: one without a state is no widget, an unknown target is told once (70, 71)`, async (context) => {
    const ran = await run(context, environment, [
      "from comm import create_comm\ncreate_comm(target_name='jupyter.widget', data={})",
      "create_comm(target_name='mine')\ncreate_comm(target_name='mine')",
    ]);
    if (ran === undefined) return;
    assert.deepEqual(ran.widgets, []);
    assert.equal(ran.warnings.length, 1);
    assert.match(ran.warnings[0] ?? "", /`mine`/);
  });

  test(`Output widgets in ${environment} take outputs, are cleared, stand in one another, and the code can read them (72 to 75)`, async (context) => {
    const ran = await run(context, environment, [
      "import ipywidgets\nfrom IPython.display import clear_output, display\nouter, inner = ipywidgets.Output(), ipywidgets.Output()",
      "print('before')\nwith outer:\n    print('lost')\n    clear_output()\n    print('one')\n    with inner:\n        print('two')\n    print('three')\nprint('after')",
      "print([output['text'] for output in outer.outputs + inner.outputs])",
      "inner.append_stdout('four')\nwith inner:\n    print('five')",
    ]);
    if (ran === undefined) return;
    assert.equal(ran.printed[1], "before\nafter\n");
    assert.equal(ran.printed[2], "['one\\nthree\\n', 'two\\n']\n");
    assert.deepEqual(of(ran.widgets, "OutputModel").map(textsIn).sort(), [["one\nthree\n"], ["two\nfourfive\n"]]);
  });
}
