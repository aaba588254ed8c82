"""Calls whose results are waited for: what a notebook gets from `await f(x)`."""

import asyncio
import inspect
import weakref

# What a coroutine among the arguments will give.
PROMISED = weakref.WeakKeyDictionary()


def coming(value):
    """A coroutine that gives a value: the argument of calls that wait for something."""

    async def give():
        return value

    coroutine = give()
    PROMISED[coroutine] = value
    return coroutine


def promised(value):
    """What an argument stands for: of a coroutine, what it gives."""
    return PROMISED[value] if inspect.iscoroutine(value) and value in PROMISED else value


def awaited(function, captured):
    """The result of a call inside of a running loop, waited for where that can be done."""

    async def call():
        result = function(*captured.args, **captured.kwargs)
        return await result if inspect.isawaitable(result) else result

    return asyncio.run(call())
