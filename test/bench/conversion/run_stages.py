"""run_stages.py REQUEST.json: runs the stages of a project, each as `python -m PACKAGE STAGE` in a process of its own.

REQUEST: package, stages, work, arguments (more ones of each call), source (the folder of the package), folder (in it one for each stage: what its function
left, what it showed and printed). The first that fails is the last.
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
    sys.path[0] = request["source"]
    for stage in request["stages"]:
        folder = os.path.join(request["folder"], stage)
        os.makedirs(folder)
        process = os.fork()
        if process == 0:
            try:
                run(stage, folder, request)
            finally:
                os._exit(0)
        os.waitpid(process, 0)
        told = os.path.join(folder, "told.json")
        if not os.path.exists(told):
            write_told(folder, "its process ended", "")
        with open(told, encoding="utf-8") as file:
            if json.load(file)["error"] is not None:
                return


def write_told(folder: str, error: str | None, printed: str, commands: str = "") -> None:
    """`commands`: what programs wrote that the stage started."""
    with open(os.path.join(folder, "told.json"), "w", encoding="utf-8") as file:
        json.dump({"error": error, "printed": printed, "commands": commands}, file)


def run(stage: str, folder: str, request: dict) -> None:
    package = request["package"]
    os.environ["MPLBACKEND"] = "Agg"
    os.environ[f"{package.upper()}_DATA_DIR"] = os.getcwd()
    warnings.simplefilter("ignore")
    ending = os.path.join(package, stage + ".py")
    shows = os.path.join(package, "displays.py")
    count = 0

    def left(frame: object, event: str, _: object) -> object:
        if event == "return":
            # A stage with code that is made while it runs has its names in its module.
            own = {name: value for name, value in frame.f_globals.items() if not name.startswith("_")}
            write_down({**own, **frame.f_locals}, os.path.join(folder, "values.pkl"))
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

    sys.argv = [package, stage, "--work", request["work"], *request["arguments"]]
    error = None
    commands = os.path.join(folder, "commands.txt")
    for number in (1, 2):
        os.dup2(os.open(commands, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666), number)
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
    with open(commands, encoding="utf-8", errors="replace") as file:
        write_told(folder, error, printed.getvalue(), file.read())


if __name__ == "__main__":
    main()
