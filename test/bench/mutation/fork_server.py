"""Runs modules as `python -m` does, each in a fork of this process, which has imported the heavy libraries already.

One JSON object a line on stdin (id, module, arguments, directory, environment, stdout, stderr, limit), one a line on
stdout when its process has ended (id, code, signal). The libraries to import are the arguments of this program.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import runpy
import selectors
import signal
import sys
import time
import traceback


# By the clock a process may take so many times its limit of the processor's time.
PATIENCE = 10


def child(request: dict) -> int:
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(request["directory"])
    os.environ.update(request["environment"])
    paths = [path for path in request["environment"].get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:0] = [request["directory"], *paths]
    importlib.invalidate_caches()
    sys.argv = [request["module"], *request["arguments"]]
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # as the interpreter itself does
        traceback.print_exc()
        return 1
    return 0


def start(request: dict) -> int:
    sys.stdout.flush()
    process = os.fork()
    if process != 0:
        return process
    os.setpgid(0, 0)
    # Of the processor's time: on a busy machine a sound stage may take long by the clock.
    resource.setrlimit(resource.RLIMIT_CPU, (request["limit"], request["limit"] + 5))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        code = child(request)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    sys.path.pop(0)
    for name in sys.argv[1:]:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    chooser = selectors.DefaultSelector()
    chooser.register(0, selectors.EVENT_READ)
    chooser.register(wake, selectors.EVENT_READ)
    running: dict = {}
    rest = b""
    while True:
        for key, _ in chooser.select(1):
            data = os.read(key.fd, 65536)
            if key.fd != 0:
                continue
            if not data:
                stop(running)
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                request = json.loads(line)
                running[start(request)] = (request["id"], time.monotonic() + PATIENCE * request["limit"])
        reap(running)


def stop(running: dict) -> None:
    for process in running:
        kill(process)


def reap(running: dict) -> None:
    for process, (number, end) in list(running.items()):
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended == 0:
            if time.monotonic() > end:
                kill(process)
            continue
        del running[process]
        kill(process)
        code, by = (os.WEXITSTATUS(status), None) if os.WIFEXITED(status) else (None, os.WTERMSIG(status))
        print(json.dumps({"id": number, "code": code, "signal": by}), flush=True)


def kill(process: int) -> None:
    """Also what it left behind."""
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


if __name__ == "__main__":
    main()
