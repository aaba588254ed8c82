"""Starts an IPython kernel for Reprise: launcher.py -f CONNECTION_FILE [OPTION...].

As ipykernel_launcher does, but for a run that nobody watches:

- The socket that carries outputs has no high-water mark: the kernel never drops an output that it sends faster than they
  are read.
- There is no debugger, whose import is a fifth of the kernel's start. A notebook that imports debugpy gets it.
- The processes that the notebook started are ended by the engine, which needs no psutil (40 ms) to find them.
"""

import sys

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

from ipykernel.kernelapp import IPKernelApp  # noqa: E402


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


KernelApp.launch_instance()
