"""Runs a package as `python -m` does, after opened_files.py, and writes down what it opened: FILE PACKAGE [ARGUMENT...]"""

import json
import os
import runpy
import sys

file, package = sys.argv[1:3]
del sys.argv[1:3]


def write_down():
    """The package has ended as it has: what goes wrong here is not for it to say."""
    opened = []
    try:
        sys.audit("reprise.opened", opened)
        with open(file + "~", "w", encoding="utf-8") as out:
            json.dump(opened, out)
        os.replace(file + "~", file)
    except Exception:
        pass


try:
    runpy.run_module(package, run_name="__main__", alter_sys=True)
finally:
    write_down()
