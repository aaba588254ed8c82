"""Starts an IPython kernel for Reprise: launcher.py -f CONNECTION_FILE [OPTION...].

As ipykernel_launcher does, with one change: the socket that carries outputs has no high-water mark, so that the kernel
never drops an output that it sends faster than they are read.
"""

import sys

# The folder of this file must not be where the notebook's imports are found.
del sys.path[0]

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


KernelApp.launch_instance()
