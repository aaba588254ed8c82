"""Replays what a person did in a notebook, in real kernels, and tells what every cell left behind.

Reads one request a line and writes one answer a line, as JSON. Libraries are imported once; each kernel is a fork of
this process that starts ipykernel's own application, so that a session costs a fraction of a second, and its counts,
outputs, tracebacks and times are genuine.
"""

import ast
import contextlib
import ctypes
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

# What a kernel imports when it starts, most of its time.
import IPython.core.completerlib
import IPython.core.oinspect
import IPython.extensions.storemagic
import ipykernel.debugger
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot
import numpy as np
import sklearn.compose
import sklearn.datasets
import sklearn.ensemble
import sklearn.linear_model
import sklearn.metrics
import sklearn.model_selection
import sklearn.neighbors
import sklearn.pipeline
import sklearn.preprocessing
import sklearn.tree
import sklearn.utils
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from digest import of_globals

SECONDS_A_CELL = 60
SECONDS_A_SESSION = 150


class Kernel:
    """A forked kernel and its client; `log` is where it writes the state after each cell."""

    def __init__(self, folder: Path, twice: list[str]) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="k"))
        self.log = self._place / "log"
        self.log.touch()
        file, _ = write_connection_file(str(self._place / "c.json"), transport="ipc", ip=str(self._place / "s"))
        self.pid = os.fork()
        if self.pid == 0:
            _be_kernel(file, folder, self.log, twice)
        self.client = BlockingKernelClient()
        self.client.load_connection_file(file)
        # Without a heartbeat: on a busy machine its second is over before the kernel answers, and it is taken for dead.
        self.client.start_channels(hb=False)
        self.client.wait_for_ready(timeout=60)

    def run(self, source: str) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, str]]:
        """The reply, the outputs as a notebook keeps them, and when things happened as JupyterLab keeps it."""
        outputs: list[dict[str, Any]] = []
        times: dict[str, str] = {}

        def take(message: dict[str, Any]) -> None:
            kind, content = message["msg_type"], message["content"]
            if kind == "status":
                times[f"iopub.status.{content['execution_state']}"] = _iso(message)
            elif kind == "execute_input":
                times["iopub.execute_input"] = _iso(message)
            elif kind == "stream":
                if outputs and outputs[-1].get("name") == content["name"]:
                    outputs[-1]["text"] += content["text"]
                else:
                    outputs.append({"output_type": "stream", **content})
            elif kind in ("execute_result", "display_data", "error"):
                content.pop("transient", None)
                outputs.append({"output_type": kind, **content})

        reply = self.client.execute_interactive(
            source, allow_stdin=False, output_hook=take, timeout=SECONDS_A_CELL, stop_on_error=False
        )
        times["shell.execute_reply"] = _iso(reply)
        return reply["content"], outputs, times

    def stop(self) -> list[dict[str, Any]]:
        with contextlib.suppress(Exception):
            self.client.shutdown()
        self.client.stop_channels()
        until = time.monotonic() + 3
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > until:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            time.sleep(0.01)
        states = [json.loads(line) for line in self.log.read_text("utf8").splitlines()]
        shutil.rmtree(self._place, ignore_errors=True)
        return states


def _iso(message: dict[str, Any]) -> str:
    return message["header"]["date"].isoformat().replace("+00:00", "Z")


def _be_kernel(file: str, folder: Path, log: Path, twice: list[str]) -> None:
    try:
        os.setsid()
        _die_with_parent()
        os.chdir(folder)
        os.environ["HOME"] = str(folder / "home")
        sys.path.insert(0, str(folder))
        # A fork has its parent's streams: a kernel that was started has its own.
        random.seed()
        np.random.seed()
        app = IPKernelApp.instance(connection_file=file, log_level=50)
        app.initialize(["--HistoryManager.enabled=False"])
        shell = app.shell
        hidden = set(shell.user_ns)

        def tell(result: Any) -> None:
            if not result.info.store_history:
                return
            state = {"after": of_globals(shell.user_ns, hidden)}
            if result.success and result.info.raw_cell in twice:
                state["twice"] = _again(shell, result.info.raw_cell, hidden)
            with log.open("a") as lines:
                lines.write(json.dumps(state) + "\n")

        shell.events.register("post_run_cell", tell)
        app.start()
    finally:
        os._exit(0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _again(shell: Any, source: str, hidden: set[str]) -> dict[str, str]:
    """What the names hold when the cell has run once more: in a fork, which nobody sees."""
    result, other = os.pipe()
    child = os.fork()
    if child == 0:
        answer: dict[str, str] = {}
        try:
            os.close(result)
            sys.stdout = sys.stderr = io.StringIO()
            sys.displayhook = lambda value: None
            shell.display_pub.publish = lambda *values, **options: None
            try:
                exec(compile(shell.transform_cell(source), "<again>", "exec"), shell.user_ns)
                answer = of_globals(shell.user_ns, hidden)
            except BaseException as error:
                answer = {"*": f"{type(error).__name__}: {error}"}
            with os.fdopen(other, "w") as pipe:
                json.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(other)
    with os.fdopen(result) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text or "{}")


def replay(request: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`steps`: run, edit, delete, move, add and restart, as `draft.ts` says them."""
    for path, text in request["files"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf8")
    (folder / "home").mkdir(exist_ok=True)
    cells = [dict(cell) for cell in request["cells"]]
    runs: list[dict[str, Any]] = []
    session = 0
    twice = [cell["source"] for cell in cells if cell["id"] in request["twice"]]
    kernel = Kernel(folder, twice)
    mine: list[dict[str, Any]] = []

    def end() -> None:
        for run, state in zip(mine, kernel.stop(), strict=False):
            run.update(state)
        mine.clear()

    def at(name: str) -> int:
        return next(place for place, cell in enumerate(cells) if cell["id"] == name)

    for step in request["steps"]:
        if "run" in step:
            cell = cells[at(step["run"])]
            reply, outputs, times = kernel.run(cell["source"])
            cell.update(count=reply["execution_count"], outputs=outputs)
            if request["times"]:
                cell["times"] = times
            run = {"cell": cell["id"], "count": cell["count"], "session": session, "source": cell["source"]}
            if reply["status"] == "error":
                run["error"] = [reply["ename"], reply["evalue"]]
            mine.append(run)
            runs.append(run)
        elif "edit" in step:
            cells[at(step["edit"])]["source"] = step["source"]
        elif "delete" in step:
            del cells[at(step["delete"])]
        elif "move" in step:
            cell = cells.pop(at(step["move"]))
            cells.insert(at(step["before"]) if "before" in step else len(cells), cell)
        elif "add" in step:
            cells.insert(at(step["before"]) if "before" in step else len(cells), dict(step["add"]))
        elif "forget" in step:
            for cell in cells:
                for key in ("count", "outputs", "times"):
                    cell.pop(key, None)
        else:
            end()
            session += 1
            kernel = Kernel(folder, twice)
    end()
    return {"cells": cells, "runs": runs}


def _loop_targets(statement: ast.stmt) -> list[ast.expr]:
    return [node.target for node in ast.walk(statement) if isinstance(node, (ast.For, ast.comprehension))]


def describe(source: str) -> dict[str, Any]:
    """Names that a cell binds, and that it loads before it binds them, as the syntax alone says."""
    try:
        plain = re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)
        tree = ast.parse(re.sub(r"= *[%!].*$", "= None", plain, flags=re.MULTILINE))
    except SyntaxError:
        return {"binds": [], "loads": []}
    binds: dict[str, None] = {}
    loads: dict[str, None] = {}
    for statement in tree.body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        own = {one.id for target in _loop_targets(statement) for one in ast.walk(target) if isinstance(one, ast.Name)}
        known = own.union(binds)
        loads.update({one.id: None for one in names if isinstance(one.ctx, ast.Load) and one.id not in known})
        binds.update({one.id: None for one in names if not isinstance(one.ctx, ast.Load)})
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            binds[statement.name] = None
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            binds.update({(alias.asname or alias.name).split(".")[0]: None for alias in statement.names})
    return {"binds": list(binds), "loads": list(loads)}


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS_A_SESSION} s")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="reprise-notebook-", dir=request["work"]))
    try:
        return replay(request, folder)
    except Exception:
        return {"failed": traceback.format_exc()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    workers: set[int] = set()
    most = int(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        if "describe" in request:
            told = {"id": request["id"], "cells": [describe(source) for source in request["describe"]]}
            os.write(1, (json.dumps(told) + "\n").encode())
            continue
        while len(workers) >= most:
            workers.discard(os.wait()[0])
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGALRM, _too_long)
            signal.alarm(SECONDS_A_SESSION)
            file = Path(request["work"]) / f"answer-{request['id']}.json"
            file.write_text(json.dumps(answer(request)), "utf8")
            # One short write, so that the answers of workers do not mix.
            os.write(1, (json.dumps({"id": request["id"], "file": str(file)}) + "\n").encode())
            os._exit(0)
        workers.add(worker)
    while workers:
        workers.discard(os.wait()[0])


main()
