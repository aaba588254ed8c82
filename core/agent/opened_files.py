"""Notes which files this process opens from now on, and whether first to read or to write them.

Whoever raises the audit event ``reprise.opened`` with a list is told: [path, "read" or "write"], in the order of the first
openings, as far as they are there now. Data is meant: modules are left out, and what lies in packages, in folders of the
system, or in hidden folders (settings, caches).
"""

import os
import sys

# Of more files only the folders are noted.
MOST_FILES = 20000
SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/System", "/Library")


def listen():
    noted = {}

    def heard(event, arguments):
        if event == "open":
            note(noted, *arguments)
        elif event == "reprise.opened":
            arguments[0].extend(data_files(noted))

    sys.addaudithook(heard)


def note(noted, path, mode=None, flags=None):
    """A hook that raised would keep the file from being opened."""
    try:
        if isinstance(path, int):
            return
        place = os.path.abspath(os.fsdecode(path))
        if len(noted) >= MOST_FILES:
            place = os.path.dirname(place)
        noted.setdefault(place, "write" if is_written(mode, flags) else "read")
    except Exception:
        return


def is_written(mode, flags):
    """Of a file that is changed where it is ("r+") the content decides about the result: it is read."""
    if isinstance(mode, str):
        return any(letter in mode for letter in "wxa")
    return isinstance(flags, int) and flags & (os.O_TRUNC | os.O_APPEND) != 0


def data_files(noted):
    here = os.getcwd()
    # Modules that load themselves when they are asked for something are asked for nothing.
    modules = {module.__dict__.get("__file__") for module in list(sys.modules.values()) if hasattr(module, "__dict__")}
    packages = {os.path.abspath(folder) for folder in (sys.prefix, sys.base_prefix, sys.exec_prefix)}

    def is_data(path):
        if path in modules or path.endswith(".pyc") or not os.path.exists(path):
            return False
        inside = below(path, here)
        seen = os.path.relpath(path, here) if inside else path
        if any(part.startswith(".") for part in seen.split(os.sep)):
            return False
        return not any(below(path, folder) for folder in packages) and (inside or not path.startswith(SYSTEM))

    return [[path, use] for path, use in list(noted.items()) if is_data(path)]


def below(path, folder):
    return path.startswith(folder.rstrip(os.sep) + os.sep)


listen()
