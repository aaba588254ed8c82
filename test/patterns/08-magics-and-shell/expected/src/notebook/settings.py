"""Process-wide settings that the notebook made; every stage begins with them."""

import os


def apply() -> None:
    """From cell 3."""
    os.environ["REPRISE_PATTERN"] = "seven"
