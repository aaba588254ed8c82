"""Process-wide settings that the notebook made; every stage begins with them."""

import logging


def apply() -> None:
    """From cell 0."""
    logging.basicConfig(level=logging.INFO)
