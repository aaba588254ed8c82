"""Files that a call touches, from Python's audit events and from what lies in the working folder before and after.

Whatever would reach outside the working folder or the machine is refused.
"""

import os
import sys
import tempfile


class Refused(RuntimeError):
    """The call wanted to leave its folder."""


class Watch:
    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        self.scratch = os.path.realpath(tempfile.gettempdir())
        self.on = False
        self.events = []
        self.outside = set()
        sys.addaudithook(self.audit)

    def inside(self, path):
        if isinstance(path, int) or path is None:
            return None
        try:
            full = os.path.realpath(os.fsdecode(path))
        except (TypeError, ValueError):
            return None
        return full if full.startswith(self.folder + os.sep) or full == self.folder else None

    def leaves(self, args):
        """Whether a call would delete outside the working folder and the folder for temporary files."""
        if isinstance(args[0], int) or len(args) > 1 and isinstance(args[-1], int) and args[-1] >= 0:
            return False
        full = os.path.realpath(os.fsdecode(args[0]))
        return self.inside(args[0]) is None and not full.startswith(self.scratch + os.sep)

    def audit(self, event, args):
        if not self.on:
            return
        if event == "open":
            path, mode, flags = args
            inside = self.inside(path)
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND) != 0
            if inside is not None and os.path.isdir(inside):
                self.events.append(("look", inside))
            elif inside is not None:
                self.events.append(("append" if writes and flags & os.O_APPEND else "write" if writes else "read", inside))
        elif event in ("os.listdir", "os.scandir", "glob.glob"):
            self.note("look", args[0])
        elif event == "os.mkdir":
            self.note("make-folder", args[0])
        elif event in ("os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"):
            if self.leaves(args):
                raise Refused(f"{event} outside the working folder")
            self.note("write", args[0])
        elif event == "os.rename":
            self.note("read", args[0])
            self.note("write", args[1])
        elif event == "sqlite3.connect":
            self.note("read", args[0])
            self.outside.add("database")
        elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            host = args[1][0] if event == "socket.connect" and isinstance(args[1], tuple) else args[0]
            if event == "socket.connect" and not isinstance(args[1], tuple):
                return
            self.outside.add("network")
            if host not in ("127.0.0.1", "localhost", "::1"):
                raise Refused("no network here")
        elif event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.startfile", "pty.spawn"):
            self.outside.add("process")
            raise Refused("no other processes here")
        elif event in ("os.kill", "os.killpg", "signal.pthread_kill"):
            raise Refused("no signals here")
        elif event == "builtins.input":
            self.outside.add("process")

    def note(self, use, path):
        inside = self.inside(path if path is not None else ".")
        if inside is not None:
            self.events.append((use, inside))

    def listing(self):
        """Path to (size, mtime); folders as (None, None)."""
        found = {}
        for root, folders, files in os.walk(self.folder):
            for name in folders:
                found[os.path.join(root, name)] = (None, None)
            for name in files:
                path = os.path.join(root, name)
                try:
                    status = os.stat(path)
                except OSError:
                    continue
                found[path] = (status.st_size, status.st_mtime_ns)
        return found

    def start(self):
        self.before = self.listing()
        self.events = []
        self.outside = set()
        self.on = True

    def stop(self):
        """What was touched: (use, path within the folder), each once."""
        self.on = False
        after = self.listing()
        uses = [(use, path) for use, path in self.events]
        for path, facts in after.items():
            if self.before.get(path) != facts and not any(use in ("write", "append", "make-folder") and one == path for use, one in uses):
                uses.append(("make-folder" if facts[0] is None else "write", path))
        for path in self.before:
            if path not in after and not any(use == "write" and one == path for use, one in uses):
                uses.append(("write", path))
        unique = list(dict.fromkeys((use, os.path.relpath(path, self.folder)) for use, path in uses))
        return unique
