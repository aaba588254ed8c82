"""A kernel with the least client there can be: sockets and nothing else. Prints what it measures, as JSON.

bare.py CELLS: seconds from the kernel's start to its first answer, and for each of so many trivial cells.
"""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid

import zmq

folder = tempfile.mkdtemp()
file = os.path.join(folder, "connection.json")
key = uuid.uuid4().hex
names = ["shell", "iopub", "stdin", "control", "hb"]
ports = {name: at + 1 for at, name in enumerate(names)}
with open(file, "w") as out:
    connection = {f"{name}_port": port for name, port in ports.items()}
    connection.update(transport="ipc", ip=os.path.join(folder, "k"), key=key, signature_scheme="hmac-sha256")
    json.dump(connection, out)

context = zmq.Context()
shell, iopub = context.socket(zmq.DEALER), context.socket(zmq.SUB)
iopub.subscribe(b"")
for socket, name in ((shell, "shell"), (iopub, "iopub")):
    socket.connect(f"ipc://{folder}/k-{ports[name]}")


def ask(kind, content):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "username": "", "date": "", "version": "5.3"}
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    signature = hmac.new(key.encode(), b"".join(parts), hashlib.sha256).hexdigest().encode()
    shell.send_multipart([b"<IDS|MSG>", signature, *parts])
    return header["msg_id"]


def wait(asked):
    replied = idle = False
    poller = zmq.Poller()
    poller.register(shell, zmq.POLLIN)
    poller.register(iopub, zmq.POLLIN)
    while not (replied and idle):
        for socket, _ in poller.poll():
            frames = socket.recv_multipart()
            at = frames.index(b"<IDS|MSG>")
            header, parent, _, content = (json.loads(frame) for frame in frames[at + 2 : at + 6])
            if parent.get("msg_id") != asked:
                continue
            replied = replied or socket is shell
            idle = idle or (header["msg_type"] == "status" and content["execution_state"] == "idle")


began = time.perf_counter()
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
kernel = subprocess.Popen([sys.executable, "-m", "ipykernel_launcher", "-f", file], **quiet)
shell_asked = ask("kernel_info_request", {})
shell.poll()
shell.recv_multipart()
ready = time.perf_counter() - began
wait(ask("execute_request", {"code": "", "silent": True}))
began = time.perf_counter()
count = int(sys.argv[1])
for at in range(count):
    wait(ask("execute_request", {"code": f"x = {at}\nprint(x)", "silent": False, "store_history": True}))
print(json.dumps({"ready": ready, "cell": (time.perf_counter() - began) / max(count, 1)}))
kernel.kill()
shutil.rmtree(folder)
