"""Stands for an interpreter: hands its arguments to the server of forks, and ends as the program there ends."""

import json
import os
import resource
import signal
import socket
import sys


def main(settings: dict) -> int:
    """`settings`: address of the server, python (the interpreter), environment (of every program), limit (of its seconds, or none)."""
    arguments = sys.argv[1:]
    python = settings["python"]
    # What is no program of ours (`-c`, `-V`) is for the interpreter itself.
    if not arguments or (arguments[0].startswith("-") and arguments[0] != "-m"):
        os.execv(python, [python, *arguments])
    environment = {**os.environ, **settings["environment"]}
    request = {"arguments": arguments, "directory": os.getcwd(), "environment": environment, "limit": settings["limit"]}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(settings["address"])
        data = json.dumps(request).encode() + b"\0"
        sent = socket.send_fds(connection, [data], [0, 1, 2])
        # Even nothing cannot be sent to a server whose program has ended already.
        if sent < len(data):
            connection.sendall(data[sent:])
        code = int(connection.recv(64) or b"1")
    if code < 0:
        end_by(-code)
    return code


def end_by(number: int) -> None:
    """Ends as the program did, by a signal; without a dump of this process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
