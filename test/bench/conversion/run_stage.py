"""run_stage.py REQUEST.json: runs one stage of a project as `python -m PACKAGE STAGE` and writes down what its function leaves.

REQUEST: package, stage, work, source (the folder of the package), folder (for values, displays, printed).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sys
import traceback
import warnings

from look import write_down


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    package, stage, folder = request["package"], request["stage"], request["folder"]
    os.environ["MPLBACKEND"] = "Agg"
    os.environ[f"{package.upper()}_DATA_DIR"] = os.getcwd()
    sys.path[0] = request["source"]
    warnings.simplefilter("ignore")
    ending = os.path.join(package, stage + ".py")
    shows = os.path.join(package, "displays.py")
    count = 0

    def left(frame: object, event: str, _: object) -> object:
        if event == "return":
            write_down(dict(frame.f_locals), os.path.join(folder, "values.pkl"))
        return left

    def watch(frame: object, event: str, _: object) -> object:
        nonlocal count
        code = frame.f_code
        if code.co_name in (stage, stage + "_stage") and code.co_filename.endswith(ending):
            frame.f_trace_lines = False
            return left
        if code.co_name == "show" and code.co_filename.endswith(shows):
            for value in frame.f_locals.get("values", ()):
                if value is not None:
                    count += 1
                    write_down([value], os.path.join(folder, f"shown-{count}.pkl"))
        return None

    sys.argv = [package, stage, "--work", request["work"]]
    error = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        sys.settrace(watch)
        try:
            runpy.run_module(package, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            error = f"exit {end.code}" if end.code else None
        except BaseException as problem:  # whatever the project does wrong is the answer
            error = f"{type(problem).__name__}: {problem} ({traceback.extract_tb(problem.__traceback__)[-1]})"
        finally:
            sys.settrace(None)
    with open(os.path.join(folder, "told.json"), "w", encoding="utf-8") as file:
        json.dump({"error": error, "printed": printed.getvalue()}, file)
    os._exit(0)


if __name__ == "__main__":
    main()
