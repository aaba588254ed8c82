"""Runs a program with variables that stand in no description of its container: with_secrets.py PROGRAM [ARGUMENT...]

They come as one line of JSON on standard input.
"""

import json
import os
import sys

line = b""
while not line.endswith(b"\n"):
    # Byte by byte: what follows belongs to the program.
    byte = os.read(0, 1)
    if not byte:
        break
    line += byte
os.environ.update(json.loads(line))
os.execvp(sys.argv[1], sys.argv[1:])
