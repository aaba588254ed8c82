"""How values of the language itself are written into a fingerprint. Each function says whether the value is its own."""

import io
import types

from writing import Opaque


def containers(writer, value, depth):
    kind = type(value)
    if kind in (list, tuple):
        writer.each(value, depth)
    elif kind is dict:
        writer.pairs((pair for pair in value.items() if not writer.leaves_out(value, pair[0])), depth)
    elif kind in (set, frozenset):
        parts = []
        for item in value:
            part = type(writer)(writer.plain)
            part.write(item, depth)
            parts.append(part.hash.hexdigest())
        writer.text(sorted(parts))
    elif kind is bytearray:
        writer.text(bytes(value))
    else:
        return False
    return True


def code(writer, value, depth):
    if isinstance(value, (types.ModuleType, types.BuiltinFunctionType, type, types.CodeType, types.MethodDescriptorType)):
        writer.text(getattr(value, "__name__", "code"))
    elif isinstance(value, types.FunctionType):
        writer.text(value.__qualname__)
        writer.each([cell.cell_contents for cell in value.__closure__ or () if cell_filled(cell)], depth)
    elif isinstance(value, types.MethodType):
        writer.text(value.__func__.__qualname__)
        writer.write(value.__self__, depth)
    elif isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        writer.text("ended" if frame is None else frame.f_lasti)
    elif type(value).__module__ in ("_weakref", "weakref", "_thread", "threading"):
        # In an object it is a part that says nothing of it; by itself it is all that there is, and out of sight.
        if depth == 1:
            raise Opaque("a lock, a thread or a reference")
        writer.text("reference")
    else:
        return False
    return True


def cell_filled(cell):
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def files(writer, value, depth):
    if isinstance(value, (io.StringIO, io.BytesIO)):
        writer.text(value.closed or (value.getvalue(), value.tell()))
    elif isinstance(value, io.IOBase):
        writer.text(value.closed, None if value.closed or not value.seekable() else value.tell())
    else:
        return False
    return True


def iterators(writer, value, depth):
    name = type(value).__name__
    if type(value).__module__ == "builtins" and (name.endswith("iterator") or name in ("zip", "map", "filter", "enumerate", "reversed")):
        try:
            writer.each(value.__reduce__()[1:], depth)
        except Exception as error:
            raise Opaque(str(error)) from None
        return True
    return False
