"""One function, tried in a process of its own: what is written to can be part of the library, which nobody brings back."""

import contextlib
import math
import os
import signal
import tempfile
import warnings

import files
import state
from calls import Samples
from folder import Folder
from probe import Prober

# Seconds of processor time for all calls of a function, and of the clock, after which the process is ended; several
# receivers have them several times.
PROCESSOR, CLOCK = 25, 180
ENOUGH = 8


class TooSlow(BaseException):
    pass


def too_slow(*_):
    raise TooSlow()


def limit_time(times):
    signal.signal(signal.SIGPROF, too_slow)
    signal.setitimer(signal.ITIMER_PROF, PROCESSOR * times)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(CLOCK * times)


def try_case(case, config, folder, master):
    """What the calls of a case did, as an observation."""
    receivers = case.get("receivers", 1)
    limit_time(math.ceil(receivers / 4))
    samples = Samples(config)
    working = Folder(folder, master)
    warnings.simplefilter("ignore")
    tempfile.tempdir = folder + "-temporary"
    os.makedirs(tempfile.tempdir, exist_ok=True)
    watch = files.Watch(folder)
    restorer = state.Restorer()
    prober = Prober(samples, working, watch, restorer)
    probes, errors = [], []
    texts, written = case["texts"], case["written"]
    try:
        for text in texts:
            if len(probes) >= (len(texts) if written else max(ENOUGH, 2 * receivers)):
                break
            try:
                probes.append(prober.probe(case["name"], case["own"], case["receiver"], text))
            except Exception as error:
                errors.append(f"({text}): {type(error).__name__}: {str(error)[:160]}")
                watch.on = False
                with contextlib.suppress(Exception):
                    restorer.restore()
                with contextlib.suppress(Exception):
                    working.renew()
    except TooSlow:
        errors.append("took too long")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        watch.on = False
    fact = {key: case[key] for key in ("name", "kind", "parameters", "written", "digest")} | {"probes": probes}
    if not probes:
        fact["reason"] = errors[0] if errors else "no sample arguments"
    elif written and errors:
        fact["errors"] = errors
    return fact
