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

    process, container, is_stopped = None, None, False

    def start(self, request):
        import os
        import subprocess
        import tempfile

        self.folder = tempfile.TemporaryDirectory(prefix="reprise-ray-")
        os.chmod(self.folder.name, 0o755)
        for name, text in request["files"].items():
            with open(os.path.join(self.folder.name, name), "w") as file:
                file.write(text)
        # A node that does not share the folder has a copy of it as its working directory.
        directory = request["directory"] if os.path.isdir(request["directory"]) else os.getcwd()
        python = "python" if request["image"] else self.python(request)
        words = [python if word == "{python}" else word.replace("{agent}", self.folder.name) for word in request["command"]]
        # What Ray sets up for its own workers is none of the program's business.
        own = {k: v for k, v in os.environ.items() if not k.startswith("RAY_") and k not in ("PYTHONPATH", "OMP_NUM_THREADS")}
        cards = {k: v for k, v in os.environ.items() if k == "CUDA_VISIBLE_DEVICES"}
        path = os.pathsep.join([os.path.dirname(python), own.get("PATH", "")])
        self.pid, seen = None, {}
        if request["image"]:
            words, seen = self.contain(request, words, directory)
        self.process = subprocess.Popen(
            words,
            cwd=directory,
            env=own if request["image"] else {**own, **cards, "PATH": path, **request["environment"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        if self.is_stopped:
            # It was to end while it was being started.
            self.stop(0)
        return {"node": os.uname().nodename, **seen}

    def contain(self, request, words, directory):
        """Makes a container of this node's own engine for the command; gives the command that runs it, and the image's digest."""
        import json
        import os
        import shutil
        import subprocess
        import uuid

        image, user, folder = request["image"], os.getuid(), os.stat(directory)
        self.engine = shutil.which("docker") or shutil.which("podman")
        if self.engine is None:
            raise RuntimeError(f"this node has neither docker nor podman on its PATH to run the image {image} with")

        def ask(*args):
            done = subprocess.run([self.engine, *args], capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"{os.path.basename(self.engine)} {args[0]}: {done.stderr[-2000:]}")
            return done.stdout

        if subprocess.run([self.engine, "image", "inspect", image], capture_output=True).returncode:
            ask("pull", image)
        about = json.loads(ask("image", "inspect", image))[0]
        # The same image has one name in a registry, and may have another number in each engine.
        digest = sorted(name.rpartition("@")[2] for name in about.get("RepoDigests") or [about["Id"]])[0]
        if request["digest"] not in (None, digest):
            raise RuntimeError(f"{image} is {digest} on this node, and {request['digest']} on another: name it by its digest")
        self.container = f"reprise-ray-{uuid.uuid4()}"
        options = ["--name", self.container, "--rm", "--interactive", "--init", "--entrypoint", words[0]]
        options += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--log-driver", "none"]
        # As on the machine itself: the caller, or the owner of the folder where that is root.
        options += ["--user", f"{user}:{os.getgid()}" if user else f"{folder.st_uid}:{folder.st_gid}"]
        if user and self.engine.endswith("podman"):
            options += ["--userns", "keep-id"]
        shared = {path for path in request["folders"] if os.path.isdir(path)} | {directory}
        for path in sorted(shared):
            options += ["--mount", f"type=bind,source={path},target={path}"]
        options += ["--mount", f"type=bind,source={self.folder.name},target={self.folder.name},readonly", "--workdir", directory]
        for name, value in {"HOME": "/tmp", "PYTHONDONTWRITEBYTECODE": "1", **request["environment"]}.items():
            options += ["--env", f"{name}={value}"]
        # Which cards, Ray has decided.
        cards = os.environ.get("CUDA_VISIBLE_DEVICES", "") if request["resources"].get("num_gpus") else ""
        if cards and self.engine.endswith("podman"):
            options += [word for card in cards.split(",") for word in ("--device", f"nvidia.com/gpu={card}")]
        elif cards:
            options += ["--gpus", f'"device={cards}"']
        ask("create", *options, *request["limits"], image, *words[1:])
        return [self.engine, "start", "--attach", "--interactive", self.container], {"image": digest}

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

        self.is_stopped = True
        if self.process is None:
            return
        for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, 5)):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(seconds)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        if self.container:
            subprocess.run([self.engine, "rm", "--force", self.container], capture_output=True)

    def usage(self):
        """Of the process's tree, on Linux: seconds of the processor, bytes, how many processes."""
        import os
        import subprocess

        if self.container and self.pid in (None, "0"):
            ask = [self.engine, "inspect", "--format", "{{.State.Pid}}", self.container]
            self.pid = subprocess.run(ask, capture_output=True, text=True).stdout.strip() or None
        waiting, seconds, pages, processes = [self.pid if self.container else self.process.pid], 0, 0, 0
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
        if processes == 0:
            raise ProcessLookupError("it does not run yet, or any more")
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
            tell(**{"is": "started", "id": number, **ray.get(actor.start.remote(request))})
        except Exception as error:
            # Ray wraps what was raised on the node into its traceback.
            reason = getattr(error, "cause", None) or error
            tell(**{"is": "failed", "id": number, "why": f"{type(reason).__name__}: {reason}"[:4000]})
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
