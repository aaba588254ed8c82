"""Runs programs in forks of this process, each in a folder of its own, two abreast."""

import ast
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import types

ABREAST = 2
#: Seconds after which a program is ended.
LIMIT = 120


class Main:
    """What `sys.modules["__main__"]` is, with the dictionary that the names live in."""


def new_main(names, program):
    """Puts a module `__main__` as a kernel has it in place; its names live in the given dictionary."""
    module = types.ModuleType("__main__")
    names.update({**module.__dict__, "display": lambda *given: None})
    main = Main()
    main.__dict__ = names
    sys.modules["__main__"] = main
    if any("get_ipython" in statement for cell in program["cells"] for statement in cell):
        start_shell(names)


def start_shell(names):
    """Has magics and shell commands run by IPython itself, in these names."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        def enable_gui(self, gui=None):
            """No window is opened: `%matplotlib` asks for one."""

    Shell.instance(user_ns=names, config=Config({"HistoryManager": {"enabled": False}}))


def import_once(statements):
    """Imports what any of the statements imports, so that each fork has it."""
    seen = set()
    for statement in statements:
        if "import" not in statement or statement in seen:
            continue
        seen.add(statement)
        for node in ast.parse(statement).body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                try:
                    exec(ast.unparse(node), {})
                except ImportError:
                    pass


def start(program, work):
    reader, writer = os.pipe()
    child = os.fork()
    if child != 0:
        os.close(writer)
        return child, os.fdopen(reader)
    os.close(reader)
    signal.alarm(LIMIT)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    folder = os.path.realpath(tempfile.mkdtemp())
    try:
        if program.get("data"):
            shutil.copytree(program["data"], os.path.join(folder, "data"))
        os.chdir(folder)
        try:
            found = work(program, folder)
        except BaseException as error:
            found = {"error": f"cannot tell: {error!r}"}
        os.chdir("/")
        with os.fdopen(writer, "w") as out:
            json.dump(found, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def in_forks(programs, work):
    """What `work` tells of each program, in their order."""
    results = [None] * len(programs)
    running = {}
    waiting = list(enumerate(programs))[::-1]
    while waiting or running:
        while waiting and len(running) < ABREAST:
            at, program = waiting.pop()
            child, reader = start(program, work)
            running[reader] = (at, child)
        ready, _, _ = select.select(list(running), [], [])
        for reader in ready:
            at, child = running.pop(reader)
            with reader:
                text = reader.read()
            os.waitpid(child, 0)
            results[at] = json.loads(text) if text else {"error": "the process died"}
    return results
