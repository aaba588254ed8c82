"""Keeps a notebook from installing: its environment holds what it needs, and nothing may change it."""

from __future__ import annotations

import re
from typing import Any

INSTALLS = re.compile(r"\s*(\S*python\S*\s+-m\s+)?(pip3?|conda|mamba|uv\s+pip)\s+(install|uninstall)\b")


def refuse_installs(shell: Any) -> None:
    """Magics and shell lines that would install something do nothing."""
    for name in ("pip", "conda", "mamba", "micromamba", "uv"):
        shell.register_magic_function(lambda line: None, "line", name)
    original = shell.system

    def system(command: str) -> Any:
        return None if INSTALLS.match(command) else original(command)

    shell.system = system
