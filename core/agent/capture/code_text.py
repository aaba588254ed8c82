"""What the code of a function does, as text that is the same wherever the function stands."""

from __future__ import annotations

import dis
import inspect
from typing import Any, Optional

# From Python 3.11 on, `np.log(x)` is compiled otherwise in a module that imports `np` than in a cell that does not.
WITHOUT_MEANING = {"CACHE", "EXTENDED_ARG", "NOP", "NOT_TAKEN", "PUSH_NULL", "RESUME"}
ALIKE = {"LOAD_METHOD": "LOAD_ATTR"}

CONSTANTS = {"LOAD_CONST", "LOAD_CONST_IMMORTAL", "LOAD_CONST_MORTAL", "LOAD_SMALL_INT", "RETURN_CONST"}

# A class body begins by noting where it stands.
OF_THE_PLACE = {"__firstlineno__", "__qualname__"}


def code_key(code: Any) -> str:
    """Without file names, line numbers, the docstring, and whether it stands in a function."""
    return key_of(code, True)


def code_form(code: Any) -> str:
    """Its key with all constants taken for one: two codes of one form and of two keys compute with other constants."""
    return key_of(code, False)


def key_of(code: Any, with_constants: bool) -> str:
    all_of_it = list(dis.get_instructions(code))
    kept = [each for each in all_of_it if each.opname not in WITHOUT_MEANING]
    numbers = numbers_of(all_of_it, kept)
    parts = []
    for at, each in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        parts.append((ALIKE.get(each.opname, each.opname), argument(each, following, numbers, with_constants)))
    flags = code.co_flags & ~inspect.CO_NESTED
    handlers = [tuple(numbers.get(place) for place in (entry.start, entry.end, entry.target)) for entry in handlers_of(code)]
    names = (code.co_varnames, code.co_freevars, code.co_cellvars, code.co_argcount, code.co_kwonlyargcount)
    return repr((parts, handlers, names, flags))


def numbers_of(all_of_it: list, kept: list) -> dict:
    """By its offset, which of the kept instructions is one of them, or comes next: jumps are told by these."""
    places = {each.offset: at for at, each in enumerate(kept)}
    numbers: dict = {}
    following = len(kept)
    for each in reversed(all_of_it):
        following = places.get(each.offset, following)
        numbers[each.offset] = following
    return numbers


def argument(instruction: Any, following: Optional[Any], numbers: dict, with_constants: bool) -> Any:
    value = instruction.argval
    if instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs:
        return numbers.get(value)
    if instruction.opname not in CONSTANTS:
        return value
    if isinstance(value, type(argument.__code__)):
        return key_of(value, with_constants)
    if following is not None and is_place(following):
        return None
    return f"{type(value).__name__}:{value!r}" if with_constants else "a constant"


def is_place(following: Any) -> bool:
    """Whether what was loaded before says where a class or a function stands (the latter up to Python 3.10)."""
    return following.opname == "MAKE_FUNCTION" or (following.opname == "STORE_NAME" and following.argval in OF_THE_PLACE)


def handlers_of(code: Any) -> list:
    """Which instructions a `try` covers; before Python 3.11 these are instructions themselves."""
    return getattr(dis.Bytecode(code), "exception_entries", ())
