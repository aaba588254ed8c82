"""Stands for an interpreter: hands its arguments to the server of forks, and ends as the program there ends."""

import json
import os
import socket
import sys


def main(address: str, python: str) -> int:
    arguments = sys.argv[1:]
    # What is no program of ours (`-c`, `-V`) is for the interpreter itself.
    if not arguments or (arguments[0].startswith("-") and arguments[0] != "-m"):
        os.execv(python, [python, *arguments])
    request = {"arguments": arguments, "directory": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        data = json.dumps(request).encode() + b"\0"
        sent = socket.send_fds(connection, [data], [0, 1, 2])
        connection.sendall(data[sent:])
        answer = connection.recv(64)
    return int(answer or b"1")
