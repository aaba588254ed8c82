/** The functions and types that Python has without an import (https://docs.python.org/3/library/functions.html). */
export const pythonBuiltins: ReadonlySet<string> = new Set(
  `abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict
  dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance
  issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed
  round set setattr slice sorted staticmethod str sum super tuple type vars zip
  Exception KeyError TypeError ValueError Warning`.split(/\s+/),
);
