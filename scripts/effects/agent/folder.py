"""The working folder of the calls: a copy of the files that samples read, and a way back to it."""

import contextlib
import os
import shutil


def make_files(path, files, statements, names):
    """Writes the files that samples read: their texts, or what statements write."""
    os.makedirs(path, exist_ok=True)
    os.chdir(path)
    for name, text in files.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "w") as file:
            file.write(text)
    for line in statements:
        with contextlib.suppress(Exception):
            exec(line, dict(names))  # noqa: S102


class Folder:
    def __init__(self, path, master):
        self.path = path
        self.pristine = {}
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(master, path)
        os.chdir(path)
        for root, _, found in os.walk("."):
            for name in found:
                inside = os.path.normpath(os.path.join(root, name))
                with open(inside, "rb") as file:
                    self.pristine[inside] = (file.read(), os.stat(inside).st_mtime_ns)

    def renew(self):
        """Brings the working folder back to how it was."""
        os.chdir(self.path)
        for root, folders, found in os.walk(".", topdown=False):
            for name in found:
                path = os.path.normpath(os.path.join(root, name))
                if path not in self.pristine or os.stat(path).st_mtime_ns != self.pristine[path][1]:
                    os.remove(path)
            for name in folders:
                path = os.path.normpath(os.path.join(root, name))
                if not any(one.startswith(path + os.sep) for one in self.pristine):
                    shutil.rmtree(path)
        for path, (content, _) in self.pristine.items():
            if not os.path.exists(path):
                os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content)
                self.pristine[path] = (content, os.stat(path).st_mtime_ns)
