"""Answers for an interpreter: each program runs in a fork of this process, which has imported the heavy libraries already.

server.py SOCKET LIBRARY ... : a client sends its standard streams and, as JSON, its arguments, folder, environment and
limit of seconds, and gets the exit code (a signal's number below 0); when it goes away, what it started is ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import resource
import runpy
import select
import signal
import socket
import sys
import traceback


# By the clock a program may take so many times its limit of the processor's time: the machine may be busy.
PATIENCE = 10


def run(request: dict) -> int:
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    # A kernel ends itself where its parent is not the process that the variable names.
    os.environ.pop("JPY_PARENT_PID", None)
    # Each interpreter begins with randomness of its own.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "matplotlib" in sys.modules:
        # It reads its backend when it is imported; a kernel has one of its own.
        backend = "agg" if request["arguments"][0] == "-m" else "module://matplotlib_inline.backend_inline"
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.setdefault("MPLBACKEND", backend)
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    first, *rest = request["arguments"]
    importlib.invalidate_caches()
    try:
        if first == "-m":
            sys.path[:0] = [os.getcwd(), *paths]
            sys.argv = rest
            runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
        else:
            sys.path[:0] = [os.path.dirname(os.path.abspath(first)), *paths]
            sys.argv = [first, *rest]
            runpy.run_path(first, run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:  # as the interpreter itself does
        traceback.print_exc()
        return 1
    return 0


def begin(request: dict, streams: list) -> int:
    """The process of the program, in a group of its own."""
    process = os.fork()
    if process != 0:
        return process
    os.setpgid(0, 0)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    if request["limit"] is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (request["limit"], request["limit"] + 5))
    code = 1
    try:
        code = run(request)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def serve(connection: socket.socket) -> None:
    """Sees one program to its end, or ends it when its client is gone."""
    data, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    while not data.endswith(b"\0"):
        data += connection.recv(1 << 20)
    request = json.loads(data[:-1])
    process = begin(request, streams)
    for stream in streams:
        os.close(stream)
    handle = os.pidfd_open(process)
    patience = None if request["limit"] is None else PATIENCE * request["limit"]
    ready, _, _ = select.select([handle, connection], [], [], patience)
    if not ready:
        end(process)
    if connection not in ready:
        _, status = os.waitpid(process, 0)
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    end(process)


def end(process: int) -> None:
    """Also what it left behind."""
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main() -> None:
    address, *libraries = sys.argv[1:]
    sys.path.pop(0)
    for name in libraries:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    # What is here already is not looked at again, so that its memory stays shared.
    gc.collect()
    gc.freeze()
    # Nothing here waits for those who serve.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(64)
    print("ready", flush=True)
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        if 0 in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                serve(connection)
            finally:
                os._exit(0)
        connection.close()


if __name__ == "__main__":
    main()
