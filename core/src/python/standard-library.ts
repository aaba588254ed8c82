/**
 * Top-level modules of Python's standard library from 3.8 to 3.14, public and platform-specific ones
 * (`sys.stdlib_module_names` of each version; what was removed and added: "What's New" of 3.9 to 3.14).
 */
const always =
  "abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath " +
  "cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg " +
  "csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno " +
  "faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob " +
  "grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json keyword " +
  "linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt " +
  "ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib " +
  "poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random " +
  "re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site " +
  "smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep " +
  "struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time " +
  "timeit tkinter token tokenize trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest " +
  "urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib " +
  "__future__ __main__";

/** Modules that are not in every version: the first version that has it, and the first that has it no more. */
const sometimes: readonly { readonly names: string; readonly from?: string; readonly until?: string }[] = [
  { names: "_dummy_thread dummy_threading", until: "3.9" },
  { names: "formatter parser symbol macpath macurl2path", until: "3.10" },
  { names: "binhex", until: "3.11" },
  { names: "asynchat asyncore distutils imp smtpd", until: "3.12" },
  {
    names:
      "aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd " +
      "sunau telnetlib uu xdrlib",
    until: "3.13",
  },
  { names: "graphlib zoneinfo", from: "3.9" },
  { names: "tomllib", from: "3.11" },
  { names: "annotationlib compression", from: "3.14" },
];

const everyVersion = new Set(always.split(" "));

/** Whether `import module` is answered by the standard library of that Python (`3.11`). */
export function isStandardLibrary(module: string, python: string): boolean {
  const top = module.split(".", 1)[0] as string;
  if (everyVersion.has(top) || (top.startsWith("_") && isKnownPrivate(top))) return true;
  return sometimes.some(
    ({ names, from, until }) =>
      names.split(" ").includes(top) &&
      (from === undefined || minorOf(python) >= minorOf(from)) &&
      (until === undefined || minorOf(python) < minorOf(until)),
  );
}

/** 11 of `3.11`. */
function minorOf(python: string): number {
  return Number(python.split(".")[1]);
}

/** Why a module that only other versions have is missing in this one; undefined for all other modules. */
export function absentFromStandardLibrary(module: string, python: string): string | undefined {
  const top = module.split(".", 1)[0] as string;
  if (isStandardLibrary(top, python)) return undefined;
  const row = sometimes.find(({ names }) => names.split(" ").includes(top));
  if (row === undefined) return undefined;
  return row.until === undefined
    ? `it is in Python's standard library from ${row.from} on, and this is ${python}`
    : `Python's standard library has it no more from ${row.until} on, and this is ${python}`;
}

/** CPython's own accelerator modules; no distribution on an index has a name like these. */
function isKnownPrivate(name: string): boolean {
  return /^_(thread|io|collections|csv|json|pickle|socket|ssl|struct|ctypes|functools|random|sqlite3|winapi|asyncio|weakref)$/.test(
    name,
  );
}
