/**
 * Names that a kernel has from the start and that are no builtins of Python: IPython's
 * (https://ipython.readthedocs.io/en/stable/interactive/reference.html) and the module's own.
 */
const injected = new Set(
  (
    "In Out get_ipython display exit quit _ __ ___ _i _ii _iii _ih _oh _dh _sh _exit_code " +
    "__name__ __doc__ __file__ __builtins__ __builtin__ __package__ __loader__ __spec__ __annotations__ __debug__ __session__"
  ).split(" "),
);

/** Python's builtins (https://docs.python.org/3/library/functions.html and the built-in constants and exceptions). */
const builtins = new Set(
  (
    "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright " +
    "credits delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help " +
    "hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open ord " +
    "pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip " +
    "__import__ __build_class__ Ellipsis False None NotImplemented True ArithmeticError AssertionError AttributeError " +
    "BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError " +
    "ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError " +
    "EncodingWarning EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError " +
    "FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError " +
    "IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError " +
    "NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError " +
    "ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError " +
    "RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError " +
    "TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError " +
    "UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning WindowsError ZeroDivisionError"
  ).split(" "),
);

/** True for a name that Python has without an import. */
export function isBuiltin(name: string): boolean {
  return builtins.has(name);
}

/** Whether a name needs no definition in a notebook. Numbered inputs and outputs (`_12`, `_i12`) are among them. */
export function isInjected(name: string): boolean {
  return builtins.has(name) || injected.has(name) || /^_i?\d+$/.test(name);
}
