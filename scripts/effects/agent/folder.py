"""The working folder of the calls: the files that samples read, and a way back to them."""

import contextlib
import os
import shutil


class Folder:
    def __init__(self, path):
        self.path = path
        self.pristine = {}
        os.makedirs(path, exist_ok=True)
        os.chdir(path)

    def make(self, files, statements, names):
        """Writes the files that samples read, once; their bytes are kept."""
        for name, text in files.items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w") as file:
                file.write(text)
        for line in statements:
            with contextlib.suppress(Exception):
                exec(line, dict(names))  # noqa: S102
        self.pristine = {}
        for root, _, found in os.walk("."):
            for name in found:
                path = os.path.normpath(os.path.join(root, name))
                with open(path, "rb") as file:
                    self.pristine[path] = (file.read(), os.stat(path).st_mtime_ns)

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
