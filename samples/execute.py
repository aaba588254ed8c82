"""Runs the samples again, in a real kernel, and saves what comes out into the notebooks.

    python samples/execute.py [NAME...]      # in an environment with the samples' packages and nbclient

A sample with a `steps.json` is not run from top to bottom: the steps of the person who made it are replayed in one
kernel (see `replay`), so that its counts, its outputs and its times are those of a session that really happened.
"""

import json
import shutil
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).parent


def client_for(notebook: NotebookNode, folder: Path) -> NotebookClient:
    return NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=True,
        # Whether two prints come in one message or in two is a matter of time.
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    return client_for(notebook, folder).execute()


def replay(steps: list[dict[str, object]], cells: list[NotebookNode], folder: Path, metadata: NotebookNode) -> NotebookNode:
    """What a person did, in order. Each step is one of

    {"run": ID}                      the cell is run as it stands
    {"edit": ID, "source": TEXT}     its text is changed; outputs and count stay, as in Jupyter
    {"delete": ID}                   it goes
    {"move": ID, "before": ID}       it is dragged elsewhere
    """
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)

    def place(name: object) -> int:
        return next(i for i, cell in enumerate(notebook.cells) if cell.id == name)

    client = client_for(notebook, folder)
    with client.setup_kernel():
        info = client.wait_for_reply(client.kc.kernel_info())
        notebook.metadata["language_info"] = info["content"]["language_info"]
        for step in steps:
            if "run" in step:
                at = place(step["run"])
                client.execute_cell(notebook.cells[at], at, store_history=True)
            elif "edit" in step:
                notebook.cells[place(step["edit"])].source = step["source"]
            elif "delete" in step:
                del notebook.cells[place(step["delete"])]
            else:
                cell = notebook.cells.pop(place(step["move"]))
                notebook.cells.insert(place(step["before"]), cell)
    return notebook


def execute(sample: Path) -> None:
    path = sample / f"{sample.name}.ipynb"
    for made in ["out", "submission.csv", "tinynet.pt"]:
        remove(sample / made)
    if (sample / "steps.json").exists():
        story = json.loads((sample / "steps.json").read_text())
        cells = [nbformat.from_dict(cell) for cell in story["cells"]]
        kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
        notebook = replay(story["steps"], cells, sample, NotebookNode(kernelspec=kernelspec))
    else:
        notebook = run(nbformat.read(path, as_version=4), sample)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)
    print(f"{sample.name}: {len(notebook.cells)} cells, {path.stat().st_size // 1024} KB")


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    wanted = sys.argv[1:] or sorted(path.parent.name for path in HERE.glob("*/expected.json"))
    for name in wanted:
        execute(HERE / name)
