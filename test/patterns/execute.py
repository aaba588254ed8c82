"""Makes the notebooks of this folder from their texts, and runs them: python execute.py [NAME ...]

A text has its cells in percent form. A mark may say `count=3` (the order in which cells ran, where it is not the
document's), `norun` (never run), `gone` (ran at first, deleted since), `error` (fails on purpose), `tags=a,b`, and
`stale=OLD>NEW` (edited after its run: OLD ran, NEW stands there now).
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def read(text: str) -> list:
    pieces = re.split(r"^# %%(.*)$", text, flags=re.M)[1:]
    cells = []
    for mark, source in zip(pieces[::2], pieces[1::2]):
        source = source.strip("\n")
        if "[markdown]" in mark:
            cell = nbformat.v4.new_markdown_cell(re.sub(r"^# ?", "", source, flags=re.M))
        else:
            cell = nbformat.v4.new_code_cell(source)
        tags = re.search(r"tags=(\S+)", mark)
        if tags:
            cell.metadata["tags"] = tags[1].split(",")
        count = re.search(r"count=(\d+)", mark)
        stale = re.search(r"stale=(.+)>(.+)$", mark)
        cell["id"] = f"cell-{len(cells)}"
        cells.append((cell, mark.split(), int(count[1]) if count else None, stale and stale.groups()))
    return cells


def execute(folder: Path) -> None:
    cells = read((folder / "notebook.py").read_text(encoding="utf-8"))
    run = [each for each in cells if "norun" not in each[1]]
    run.sort(key=lambda each: (0 if "gone" in each[1] else 1, each[2] or 0))
    notebook = nbformat.v4.new_notebook(cells=[cell for cell, *_ in run])
    for cell, marks, *_ in run:
        if "error" in marks:
            cell.metadata.setdefault("tags", []).append("raises-exception")
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(folder, work, dirs_exist_ok=True)
        where = {"metadata": {"path": work}}
        # Whether two prints come in one message or in two is a matter of time.
        NotebookClient(notebook, timeout=120, kernel_name="python3", coalesce_streams=True, resources=where).execute()
    for cell, marks, _, stale in cells:
        cell.metadata.pop("execution", None)
        if "error" in marks:
            del cell.metadata["tags"]
        if stale:
            cell.source = cell.source.replace(*stale)
    notebook.cells = [cell for cell, marks, *_ in cells if "gone" not in marks]
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "version": "3.11"},
    }
    nbformat.write(notebook, folder / "notebook.ipynb")


for each in sys.argv[1:] or sorted(path.parent.name for path in HERE.glob("*/notebook.py")):
    execute(HERE / each)
    print(each)
