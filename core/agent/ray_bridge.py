"""Runs programs on a Ray cluster for whoever started this process, and carries their input and output.

Runs in an environment that has Ray, the same version as the cluster's. Speaks over its standard input and output in the
records of relay.py: length of the payload (4 bytes, little endian) | kind (1 byte) | payload.

Kinds to it: 0 a request as JSON, 1 input for a program (its number in 4 bytes, then the bytes). Kinds from it: 0 an answer
as JSON, 1 and 2 what a program wrote to its standard output and error (its number in 4 bytes, then the bytes).
Requests: {"do": "start", "id", ...see Program.start}, {"do": "stop", "id", "grace"}, {"do": "usage", "id"}.
Answers: {"is": "ready"}, {"is": "started"|"failed"|"ended"|"usage", "id", ...}. When standard input ends, all programs are ended.
"""

import json
import os
import struct
import sys
import threading

LENGTH = struct.Struct("<I")
out_lock = threading.Lock()
out = os.fdopen(os.dup(1), "wb", buffering=0)
# Ray writes to the terminal now and then.
os.dup2(2, 1)


def write(kind, payload):
    data = memoryview(LENGTH.pack(len(payload)) + bytes((kind,)) + payload)
    with out_lock:
        while data:
            data = data[out.write(data) :]


def tell(**answer):
    write(0, json.dumps(answer).encode())


def read_exactly(length):
    data = b""
    while len(data) < length:
        piece = os.read(0, length - len(data))
        if not piece:
            return None
        data += piece
    return data


class Program:
    """A process on a node of the cluster. This class is sent there: all that it needs is in it."""

    def start(self, request):
        import os
        import subprocess
        import tempfile

        self.folder = tempfile.TemporaryDirectory(prefix="reprise-ray-")
        for name, text in request["files"].items():
            with open(os.path.join(self.folder.name, name), "w") as file:
                file.write(text)
        python = self.python(request)
        words = [python if word == "{python}" else word.replace("{agent}", self.folder.name) for word in request["command"]]
        # What Ray sets up for its own workers is none of the program's business.
        own = {k: v for k, v in os.environ.items() if not k.startswith("RAY_") and k not in ("PYTHONPATH", "OMP_NUM_THREADS")}
        cards = {k: v for k, v in os.environ.items() if k == "CUDA_VISIBLE_DEVICES"}
        path = os.pathsep.join([os.path.dirname(python), own.get("PATH", "")])
        directory = request["directory"]
        self.process = subprocess.Popen(
            words,
            # A node that does not share the folder has a copy of it as its working directory.
            cwd=directory if os.path.isdir(directory) else os.getcwd(),
            env={**own, **cards, "PATH": path, **request["environment"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        return os.uname().nodename

    def python(self, request):
        """The interpreter that was named, where this node has it too; else one made from the lock."""
        import fcntl
        import hashlib
        import os
        import shutil
        import subprocess
        import sys

        if os.access(request["python"] or "", os.X_OK):
            return request["python"]
        if not request["lock"]:
            raise RuntimeError("this node does not have " + str(request["python"]) + ", and there is no lock to make it from")
        name = hashlib.sha256(request["lock"].encode()).hexdigest()[:24]
        cache = os.environ.get("XDG_CACHE_HOME", os.path.join(os.path.expanduser("~"), ".cache"))
        folder = os.path.join(cache, "reprise", "ray", name)
        python = os.path.join(folder, "bin", "python")
        uv = [shutil.which("uv")] if shutil.which("uv") else [sys.executable, "-m", "uv"]
        lock = os.path.join(self.folder.name, "pylock.toml")
        with open(lock, "w") as file:
            file.write(request["lock"])
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        # Many runs may come to this node at once: the first makes it, the others wait.
        with open(folder + ".lock", "w") as making:
            fcntl.flock(making, fcntl.LOCK_EX)
            if os.path.exists(os.path.join(folder, "complete")):
                return python
            venv = ["venv", "--clear", "--python", request["version"], folder]
            for command in (venv, ["pip", "sync", "--python", python, lock]):
                done = subprocess.run([*uv, *command], capture_output=True, text=True)
                if done.returncode:
                    raise RuntimeError("the environment cannot be made on this node: " + done.stderr[-2000:])
            open(os.path.join(folder, "complete"), "w").close()
        return python

    def write(self, data):
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    def read(self):
        """Yields (kind, bytes) until both streams have ended, then how the process did."""
        import os
        import selectors

        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ, 1)
            selector.register(self.process.stderr, selectors.EVENT_READ, 2)
            while selector.get_map():
                for key, _ in selector.select():
                    data = os.read(key.fd, 1 << 18)
                    if data:
                        yield key.data, data
                    else:
                        selector.unregister(key.fileobj)
        yield 0, str(self.process.wait()).encode()

    def stop(self, grace):
        import os
        import signal
        import subprocess

        for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, 5)):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(seconds)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass

    def usage(self):
        """Of the process's tree, on Linux: seconds of the processor, bytes, how many processes."""
        import os

        waiting, seconds, pages, processes = [self.process.pid], 0, 0, 0
        while waiting:
            pid = waiting.pop()
            try:
                with open(f"/proc/{pid}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
                with open(f"/proc/{pid}/task/{pid}/children") as file:
                    waiting.extend(file.read().split())
            except OSError:
                continue
            seconds += sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
            pages += int(fields[21])
            processes += 1
        return {"cpuSeconds": seconds, "memoryBytes": pages * os.sysconf("SC_PAGE_SIZE"), "processes": processes}


def join(address, **options):
    """Ray gives a cluster that it starts half a minute, which a machine with much to do does not always keep."""
    import ray

    for attempt in range(3):
        try:
            return ray.init(address=address, **options)
        except Exception as error:
            if address or attempt == 2 or "timed out during startup" not in str(error):
                raise
            ray.shutdown()


def main():
    import ray

    settings = json.loads(read_exactly(LENGTH.unpack(read_exactly(5)[:4])[0]))
    try:
        address = settings["address"]
        # A folder that the nodes may not share goes with the job; a cluster of this machine shares it.
        environment = {"working_dir": settings["directory"]} if address and settings["upload"] else None
        more = {} if address else {"include_dashboard": False}
        join(address or None, runtime_env=environment, log_to_driver=False, configure_logging=False, **more)
    except Exception as error:
        tell(**{"is": "unreachable", "why": f"{type(error).__name__}: {error}"[:2000]})
        return
    tell(**{"is": "ready", "version": ray.__version__, "nodes": len(ray.nodes()), "resources": ray.cluster_resources()})
    for name, group in (("write", "input"), ("read", "output"), ("start", "control"), ("stop", "control"), ("usage", "control")):
        method = getattr(Program, name)
        setattr(Program, name, ray.method(concurrency_group=group)(method))
    remote = ray.remote(concurrency_groups={"input": 1, "output": 1, "control": 2})(Program)
    actors = {}

    def run(request):
        number = request["id"]
        prefix = LENGTH.pack(number)
        try:
            actor = remote.options(**request["resources"]).remote()
            actors[number] = actor
            node = ray.get(actor.start.remote(request))
            tell(**{"is": "started", "id": number, "node": node})
        except Exception as error:
            tell(**{"is": "failed", "id": number, "why": f"{type(error).__name__}: {error}"[:4000]})
            actors.pop(number, None)
            return
        try:
            for reference in actor.read.options(num_returns="streaming").remote():
                kind, data = ray.get(reference)
                if kind:
                    write(kind, prefix + data)
                else:
                    tell(**{"is": "ended", "id": number, "code": int(data)})
        except Exception as error:
            tell(**{"is": "ended", "id": number, "lost": f"{type(error).__name__}: {error}"[:2000]})
        finally:
            actors.pop(number, None)
            ray.kill(actor)

    def use(number):
        try:
            tell(**{"is": "usage", "id": number, "usage": ray.get(actors[number].usage.remote(), timeout=5)})
        except Exception:
            tell(**{"is": "usage", "id": number})

    while True:
        header = read_exactly(5)
        if header is None:
            break
        payload = read_exactly(LENGTH.unpack(header[:4])[0])
        if payload is None:
            break
        if header[4] == 1:
            actor = actors.get(LENGTH.unpack(payload[:4])[0])
            if actor is not None:
                actor.write.remote(payload[4:])
            continue
        request = json.loads(payload)
        if request["do"] == "start":
            threading.Thread(target=run, args=(request,), daemon=True).start()
        elif request["do"] == "stop" and request["id"] in actors:
            actors[request["id"]].stop.remote(request["grace"])
        elif request["do"] == "usage":
            threading.Thread(target=use, args=(request["id"],), daemon=True).start()
    for actor in list(actors.values()):
        try:
            ray.get(actor.stop.remote(1), timeout=5)
        except Exception:
            pass
    ray.shutdown()


main()
os._exit(0)
