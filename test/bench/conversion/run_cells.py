"""run_cells.py REQUEST.json: runs the cells of a notebook in a plain IPython shell and writes down what they leave.

REQUEST: cells (source, and whether its last value counts as shown and what it prints as printed), folder (for values, displays, printed, error). The working directory is the notebook's.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import warnings

from look import write_down


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    os.environ["MPLBACKEND"] = "Agg"
    sys.path[0] = os.getcwd()
    sys.argv = ["notebook"]
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    class Quiet(DisplayPublisher):
        """Nobody looks."""

        def publish(self, *_: object, **__: object) -> None:
            pass

    class Shell(InteractiveShell):
        """`%matplotlib` may ask for its loop."""

        def enable_gui(self, gui: object = None) -> None:
            pass

    shell = Shell.instance(colors="nocolor", display_pub_class=Quiet)
    shell.history_manager.enabled = False
    shell.set_hook("show_in_pager", lambda *_, **__: None)
    warnings.simplefilter("ignore")
    own = set(shell.user_ns)
    shown: list = []

    counts = True
    told: list = []

    def show(value: object) -> None:
        if value is not None and counts:
            shown.append(value)
            write_down([value], os.path.join(request["folder"], f"shown-{len(shown)}.pkl"))
            shell.user_ns["_"] = value

    error = None
    for at, cell in enumerate(request["cells"]):
        counts = cell["isShown"]
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            sys.displayhook = show
            shell.display_trap.hook = show
            result = shell.run_cell(cell["source"], store_history=False)
        if cell["isPrinted"]:
            told.append(printed.getvalue())
        if not result.success:
            problem = result.error_before_exec or result.error_in_exec
            error = f"cell {at}: {type(problem).__name__}: {problem}"
            break
    values = {
        name: value
        for name, value in shell.user_ns.items()
        if name not in own and not name.startswith("_")
    }
    write_down(values, os.path.join(request["folder"], "values.pkl"))
    with open(os.path.join(request["folder"], "told.json"), "w", encoding="utf-8") as file:
        json.dump({"error": error, "printed": "".join(told)}, file)
    os._exit(0)


if __name__ == "__main__":
    main()
