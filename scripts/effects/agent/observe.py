"""Calls functions of a library with samples and tells what each call did.

Reads a request (JSON) from the file that is its first argument: {samples, library, modules, types, notes, memos, names,
listed, known, folder, lanes}. Writes the cases to `cases.json` in that folder, and appends one line of JSON for each function that is
not `known` with the same digest to the file that is its second argument.

This process only imports: the library's threads, which a fork does not survive, are not yet there when it forks.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import notes
from calls import Samples
from cases import Cases, skipped
from folder import make_files
from trial import try_case


def forked(work):
    """Runs something in a process of its own and gives its id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with contextlib.suppress(BaseException):
                work()
                status = 0
        finally:
            os._exit(status)
    return child


class Lanes:
    """As many functions at a time as there are lanes, each with a working folder of its own."""

    def __init__(self, request, out):
        self.request, self.out = request, out
        self.folder = request["folder"]
        self.master = os.path.join(self.folder, "files")
        self.cases_file = os.path.join(self.folder, "cases.json")

    def prepare(self):
        samples = Samples(self.request["samples"])
        config = self.request["samples"]
        make_files(self.master, config.get("files", {}), config.get("made_files", []), samples.base)
        cases = Cases(self.request, samples).all()
        with open(self.cases_file, "w") as file:
            json.dump(cases, file)

    def tell(self, fact):
        """In one write, so that the lines of several processes do not mix."""
        os.write(self.out, (json.dumps(fact, default=str) + "\n").encode())

    def run(self):
        _, status = os.waitpid(forked(self.prepare), 0)
        if status != 0:
            raise SystemExit("the samples cannot be read")
        with open(self.cases_file) as file:
            cases = json.load(file)
        known = self.request["known"]
        todo = [case for case in cases if "digest" in case and known.get(case["name"]) != case["digest"]]
        gc.freeze()
        free, busy = [f"{self.folder}/lane-{at}" for at in range(self.request["lanes"])], {}
        while todo or busy:
            while todo and free:
                case, lane = todo.pop(0), free.pop()
                busy[forked(lambda: self.tell(try_case(case, self.request["samples"], lane, self.master)))] = (case, lane)
            child, status = os.waitpid(-1, 0)
            if child not in busy:
                continue
            case, lane = busy.pop(child)
            free.append(lane)
            if status != 0:
                slow = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
                reason = "took too long" if slow else "took its process down"
                self.tell({**skipped(case["name"], reason), "digest": case["digest"], "probes": []})


def main():
    with open(sys.argv[1]) as file:
        request = json.load(file)
    notes.learn(request["notes"], request["memos"])
    for name in request["preload"]:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    Lanes(request, os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)).run()


main()
