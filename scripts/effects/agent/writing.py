"""What every part of a fingerprint goes by."""

ATOMS = (int, float, complex, bool, str, bytes, type(None), type(Ellipsis), range, slice)


class Opaque(Exception):
    """The value cannot be looked into."""
