"""Arrays of xarray and terms of sympy: what is theirs to see, apart from what they keep to be quicker."""

import sys


def library_of(value):
    return type(value).__module__.split(".", 1)[0]


def labelled(writer, value, depth):
    """An array's labels, numbers and notes; what is made when somebody asks for it (empty notes, indexes) is no change."""
    xarray = sys.modules.get("xarray")
    if xarray is None or library_of(value) != "xarray":
        return False
    if isinstance(value, xarray.Variable):
        writer.write(value.values, depth)
        writer.text(value.dims, sorted(value.attrs), sorted(value.encoding))
        writer.each([*value.attrs.values(), *value.encoding.values()], depth)
    elif isinstance(value, xarray.DataArray):
        writer.text(value.name)
        writer.write(value.variable, depth)
        by_name(writer, value.coords, depth)
    elif isinstance(value, xarray.Dataset):
        writer.text(sorted(map(str, value.coords)), sorted(value.attrs), sorted(value.encoding))
        writer.each([*value.attrs.values(), *value.encoding.values()], depth)
        by_name(writer, value.variables, depth)
    elif hasattr(value, "_obj"):
        # Groups and windows remember what they have computed; what they stand for is the array and their options.
        writer.write(value._obj, depth)
    else:
        return False
    return True


def by_name(writer, arrays, depth):
    for name in sorted(arrays, key=str):
        writer.write(name, depth)
        one = arrays[name]
        writer.write(getattr(one, "variable", one), depth)


def parts_of_labelled(value):
    """What can be written to through an array of xarray; None for anything else. Labels of an axis are fixed, as an index of pandas is."""
    xarray = sys.modules.get("xarray")
    if xarray is None or library_of(value) != "xarray":
        return None
    if isinstance(value, xarray.IndexVariable):
        return [value.attrs, value.encoding]
    if isinstance(value, xarray.Variable):
        return [value._data, value.attrs, value.encoding]
    if isinstance(value, xarray.DataArray):
        return [value.variable, *(one.variable for one in value.coords.values())]
    if isinstance(value, xarray.Dataset):
        return [value.attrs, value.encoding, *value.variables.values()]
    return None


def terms(writer, value, depth):
    """A term of sympy is what it is made of; what it has found out about itself is kept beside that."""
    if not is_term(value) and not is_matrix(value):
        return False
    writer.text(sys.modules["sympy"].srepr(value))
    return True


def is_term(value):
    sympy = sys.modules.get("sympy")
    return sympy is not None and hasattr(sympy, "Basic") and isinstance(value, sympy.Basic)


def is_matrix(value):
    """A matrix of terms whose entries can be set."""
    sympy = sys.modules.get("sympy")
    return sympy is not None and hasattr(sympy, "MatrixBase") and isinstance(value, sympy.MatrixBase) and not is_term(value)
