"""The command of a container that holds a kernel: carries messages between the kernel and whoever attached.

A container may have no network. So the kernel's sockets stay inside, and what passes through them goes over this
process's standard input and output, in records:

    length of the payload (4 bytes, little endian) | kind (1 byte) | payload

Kinds 0 to 3 are the channels shell, control, iopub and stdin; their payload is the frames of one message, each with its
length before it. To the container: 16 interrupts the kernel, 17 holds variables for it that the container's description must not
show, as JSON; where REPRISE_SECRETS is set, it comes first. From the container: 32 and 33 are the kernel's own standard
output and error, 34 is its end, as JSON. When standard input ends, whoever attached is gone, and the kernel is ended.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile

# The folder of this file must not be where modules are found.
del sys.path[0]

import zmq  # noqa: E402

CHANNELS = ("shell", "control", "iopub", "stdin")
INTERRUPT, STDOUT, STDERR, END = 16, 32, 33, 34
LENGTH = struct.Struct("<I")


def write(kind, payload):
    """Writes one record, whole."""
    rest = memoryview(LENGTH.pack(len(payload)) + bytes((kind,)) + payload)
    while rest:
        rest = rest[os.write(1, rest) :]


def pack(frames):
    return b"".join(LENGTH.pack(len(frame)) + frame for frame in frames)


def unpack(payload):
    frames, at = [], 0
    while at < len(payload):
        (length,) = LENGTH.unpack_from(payload, at)
        frames.append(payload[at + 4 : at + 4 + length])
        at += 4 + length
    return frames


class Records:
    """Records from standard input, which comes in pieces."""

    def __init__(self):
        self.buffer = bytearray()

    def feed(self, data):
        self.buffer += data
        while len(self.buffer) >= 5:
            (length,) = LENGTH.unpack_from(self.buffer)
            if len(self.buffer) < 5 + length:
                return
            kind = self.buffer[4]
            payload = bytes(self.buffer[5 : 5 + length])
            del self.buffer[: 5 + length]
            yield kind, payload


def read_secrets():
    """The first record of standard input, which holds variables for the kernel."""
    header = read_exactly(5)
    return json.loads(read_exactly(LENGTH.unpack_from(header)[0]))


def read_exactly(length):
    data = b""
    while len(data) < length:
        piece = os.read(0, length - len(data))
        if not piece:
            sys.exit("whoever attached went away")
        data += piece
    return data


def out_of_memory():
    """How many processes of this container were killed for memory."""
    for path in ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"):
        try:
            with open(path) as lines:
                found = dict(line.split() for line in lines)
        except OSError:
            continue
        if "oom_kill" in found:
            return int(found["oom_kill"])
    return 0


def start_kernel(folder):
    """Starts the kernel; returns it and its sockets by channel."""
    connection = os.path.join(folder, "connection.json")
    # The messages are signed by whoever attached, with the key that both were given.
    content = {
        "transport": "ipc",
        "ip": os.path.join(folder, "k"),
        "key": os.environ.pop("REPRISE_KERNEL_KEY"),
        "signature_scheme": "hmac-sha256",
        "hb_port": len(CHANNELS) + 1,
        **{f"{channel}_port": number for number, channel in enumerate(CHANNELS, start=1)},
    }
    with open(os.open(connection, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file)
    context = zmq.Context()
    sockets = {}
    identity = os.urandom(8).hex().encode()
    for number, channel in enumerate(CHANNELS, start=1):
        socket = context.socket(zmq.SUB if channel == "iopub" else zmq.DEALER)
        socket.linger, socket.rcvhwm, socket.sndhwm, socket.reconnect_ivl = 0, 0, 0, 10
        if channel == "iopub":
            socket.subscribe(b"")
        else:
            socket.identity = identity
        socket.connect(f"ipc://{content['ip']}-{number}")
        sockets[channel] = socket
    launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launcher.py")
    kernel = subprocess.Popen(
        [sys.executable, launcher, "-f", connection, *sys.argv[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "JPY_PARENT_PID": str(os.getpid())},
    )
    return kernel, sockets


def signal_kernel(kernel, number):
    try:
        os.killpg(kernel.pid, number)
    except ProcessLookupError:
        pass


def relay(kernel, sockets):
    """Carries messages until the kernel has ended."""
    # A byte arrives here when a child ends or the container is told to stop.
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: signal_kernel(kernel, signal.SIGTERM))
    signal.signal(signal.SIGINT, lambda *_: None)
    pipes = {kernel.stdout.fileno(): STDOUT, kernel.stderr.fileno(): STDERR}
    records = Records()
    poller = zmq.Poller()
    for item in (*sockets.values(), *pipes, 0, wake):
        poller.register(item, zmq.POLLIN)
    while True:
        ready = dict(poller.poll())
        for kind, channel in enumerate(CHANNELS):
            if sockets[channel] in ready:
                forward(kind, sockets[channel])
        for pipe, kind in pipes.items():
            if pipe in ready:
                data = os.read(pipe, 65536)
                write(kind, data) if data else poller.unregister(pipe)
        if 0 in ready:
            data = os.read(0, 1 << 20)
            if not data:
                signal_kernel(kernel, signal.SIGKILL)
                poller.unregister(0)
            for kind, payload in records.feed(data):
                if kind == INTERRUPT:
                    signal_kernel(kernel, signal.SIGINT)
                else:
                    sockets[CHANNELS[kind]].send_multipart(unpack(payload))
        if wake in ready:
            os.read(wake, 4096)
            if kernel.poll() is not None:
                drain(sockets, pipes)
                return


def forward(kind, socket, limit=1000):
    """Passes on what has come in, but not more than `limit` at once, so that every channel has its turn."""
    for _ in range(limit):
        try:
            write(kind, pack(socket.recv_multipart(zmq.NOBLOCK)))
        except zmq.Again:
            return


def drain(sockets, pipes):
    """What the kernel sent last is still on its way."""
    for kind, channel in enumerate(CHANNELS):
        if sockets[channel].poll(20):
            forward(kind, sockets[channel], sys.maxsize)
    for pipe, kind in pipes.items():
        while select.select([pipe], [], [], 0)[0]:
            data = os.read(pipe, 65536)
            if not data:
                break
            write(kind, data)


def main():
    killed_before = out_of_memory()
    if os.environ.pop("REPRISE_SECRETS", None):
        os.environ.update(read_secrets())
    with tempfile.TemporaryDirectory() as folder:
        kernel, sockets = start_kernel(folder)
        relay(kernel, sockets)
    code = kernel.returncode
    end = {
        "code": code if code >= 0 else None,
        "signal": signal.Signals(-code).name if code < 0 else None,
        "outOfMemory": code == -signal.SIGKILL and out_of_memory() > killed_before,
    }
    write(END, json.dumps(end).encode())


main()
