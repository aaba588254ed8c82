"""What libraries keep that is no part of a value, as the effect tables say (`notes`, `memos`).

`npm run effects -- confirm` holds the tables to it: without it, or with rubbish in its place, every call does the same.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.append(str(ROOT / "scripts" / "effects" / "agent"))

import notes  # noqa: E402


def told(kind):
    """Paths by type."""
    found = {}
    for table in sorted((ROOT / "core" / "src" / "effects" / "tables").glob("*.json")):
        text = table.read_text()
        for row in json.loads(text)["types"] if f'"{kind}"' in text else ():
            for name in row["names"].split() if kind in row else ():
                found[f"{row['of']}.{name}"] = row[kind].split()
    return found


notes.learn(told("notes"), told("memos"))


def places(value):
    """What of a value is none: (id of the owner, name). The owners live as long as the value does."""
    return {(id(owner), name) for owner, name in notes.places(value)}
