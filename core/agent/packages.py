"""Prints the distributions that this interpreter sees, as JSON: {"python": "3.11.7", "packages": [[name, version], ...]}.

Read from the names of the metadata folders: thousands of metadata files need not be opened.
"""

import json
import os
import platform
import sys

found = {}
for folder in sys.path:
    try:
        names = os.listdir(folder or ".")
    except OSError:
        continue
    for name in names:
        stem, extension = os.path.splitext(name)
        if extension not in (".dist-info", ".egg-info") or "-" not in stem:
            continue
        project, version = stem.split("-")[:2]
        found.setdefault(project.replace("_", "-").lower(), version)
print(json.dumps({"python": platform.python_version(), "packages": sorted(found.items())}))
