"""Starts an IPython kernel for Reprise: launcher.py -f CONNECTION_FILE [OPTION...].

As ipykernel_launcher does, but for a run that nobody watches:

- The socket that carries outputs has no high-water mark: the kernel never drops an output that it sends faster than they
  are read.
- Text that piled up between two sendings goes out in parts: what a cell prints in a fifth of a second may be hundreds of
  megabytes, which as one message every reader would have to hold at once.
- There is no debugger, whose import is a fifth of the kernel's start. A notebook that imports debugpy gets it.
- The processes that the notebook started are ended by the engine, which needs no psutil (40 ms) to find them.
"""

import sys
import threading

# The folder of this file must not be where the notebook's imports are found.
del sys.path[0]

# ipykernel takes a debugpy that cannot be imported for one that is not installed.
sys.modules["debugpy"] = None
try:
    import ipykernel.debugger  # noqa: E402, F401
except ImportError:
    pass
finally:
    del sys.modules["debugpy"]

from ipykernel.iostream import IOPubThread, OutStream  # noqa: E402
from ipykernel.kernelapp import IPKernelApp  # noqa: E402

LARGEST_TEXT = 1 << 16


class KernelApp(IPKernelApp):
    """An IPython kernel that loses no output."""

    name = "ipython-kernel"

    def init_iopub(self, context):
        bind = self._bind_socket

        def bind_without_limit(socket, port):
            socket.sndhwm = 0
            return bind(socket, port)

        self._bind_socket = bind_without_limit
        try:
            super().init_iopub(context)
        finally:
            self._bind_socket = bind

    def init_kernel(self):
        super().init_kernel()
        self.kernel._process_children = list


def in_parts(flush_buffers):
    def flush(stream):
        for parent, text in flush_buffers(stream):
            for start in range(0, len(text), LARGEST_TEXT):
                yield parent, text[start : start + LARGEST_TEXT]

    return flush


def at_once_in_own_thread(schedule):
    """The sending thread tells itself what to send through a queue that it alone empties: full, it waits for ever."""

    def send(thread, function):
        if thread.thread.ident == threading.get_ident():
            function()
        else:
            schedule(thread, function)

    return send


# A private name, which both generations of ipykernel have; without it texts go out whole.
if hasattr(OutStream, "_flush_buffers"):
    OutStream._flush_buffers = in_parts(OutStream._flush_buffers)
    IOPubThread.schedule = at_once_in_own_thread(IOPubThread.schedule)

KernelApp.launch_instance()
