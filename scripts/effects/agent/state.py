"""The state of the process that calls can move, each kind as a fingerprint, and a way back to how it was."""

import copy
import logging
import os
import random
import sys
import warnings

from fingerprint import fingerprint
from writing import Opaque


def snapshot():
    """Fingerprints by kind of state; kinds whose library is not loaded are left out."""
    kinds = {}
    for kind, look in LOOKS.items():
        try:
            seen = look()
        except (Opaque, AttributeError):
            continue
        if seen is not None:
            kinds[kind] = fingerprint(seen)
    return kinds


def moved(before, after):
    return sorted(kind for kind in after if before.get(kind) != after[kind] and kind in before or kind not in before and kind == "figure")


def module(name, attribute=None):
    found = sys.modules.get(name)
    return found if found is not None and (attribute is None or hasattr(found, attribute)) else None


def figure():
    pyplot = module("matplotlib.pyplot", "get_fignums")
    if pyplot is None:
        return []
    helpers = pyplot._pylab_helpers.Gcf
    active = helpers.get_active()
    seen = []
    for manager in helpers.get_all_fig_managers():
        figure = manager.canvas.figure
        seen.append((manager.num, figure if len(seen) < 4 else None))
    current = None if active is None else (active.num, len(active.canvas.figure.axes), position_of(active.canvas.figure))
    return [current, seen]


def position_of(figure):
    stack = figure._axstack.current()
    return figure.axes.index(stack) if stack in figure.axes else None


def options():
    seen = [logging.getLogger().level, [type(h).__name__ for h in logging.getLogger().handlers], sys.getrecursionlimit(), sys.gettrace() is None]
    import locale

    seen.append(locale.setlocale(locale.LC_ALL))
    matplotlib = module("matplotlib", "rcParams")
    if matplotlib is not None:
        seen.append(sorted((key, str(value)) for key, value in dict.items(matplotlib.rcParams) if key not in ("backend", "backend_fallback")))
        if module("matplotlib.pyplot", "isinteractive") is not None:
            seen.append(sys.modules["matplotlib.pyplot"].isinteractive())
    config = module("pandas._config.config", "_global_config")
    if config is not None:
        seen.append(str(config._global_config))
    numpy = module("numpy", "geterr")
    if numpy is not None:
        seen.append((numpy.geterr(), str(numpy.get_printoptions()), numpy.geterrcall(), numpy.getbufsize()))
    sklearn = module("sklearn", "get_config")
    if sklearn is not None:
        seen.append(str(sklearn.get_config()))
    torch = module("torch", "get_default_dtype")
    if torch is not None:
        printing = sys.modules["torch._tensor_str"].PRINT_OPTS
        seen.append((str(torch.get_default_dtype()), str(torch.get_default_device()), torch.is_grad_enabled(), torch.are_deterministic_algorithms_enabled(), torch.get_num_threads(), vars(printing), torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark, torch.get_float32_matmul_precision()))
    plotly = module("plotly.io", "templates")
    if plotly is not None:
        seen.append((str(plotly.templates.default), str(plotly.renderers.default)))
    polars = module("polars", "Config")
    if polars is not None:
        seen.append(polars.Config.save())
    keras = module("keras.config", "floatx")
    if keras is not None:
        seen.append((keras.floatx(), keras.epsilon(), keras.image_data_format()))
    decimal = module("decimal", "getcontext")
    if decimal is not None:
        # Its flags are left out: every inexact result raises one, and hardly anybody reads them.
        context = decimal.getcontext()
        seen.append([getattr(context, name) for name in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")] + sorted(str(signal) for signal, is_trapped in context.traps.items() if is_trapped))
    return repr(seen)


def backend():
    matplotlib = module("matplotlib", "rcParams")
    return None if matplotlib is None else str(dict.__getitem__(matplotlib.rcParams, "backend"))


def numpy_stream():
    numpy = module("numpy.random", "get_state")
    return None if numpy is None else numpy.get_state()


def torch_stream():
    torch = module("torch", "random")
    return None if torch is None else bytes(torch.random.get_rng_state().numpy())


def tensorflow_stream():
    """Keras keeps a seed of its own for layers that are given none; tensorflow one for operations, another for generators."""
    keras, streams = module("keras.utils", "set_random_seed"), []
    if keras is not None:
        from keras.src.backend.common import global_state

        generator = global_state.get_global_attribute("global_seed_generator")
        if generator is not None and hasattr(generator.state, "numpy"):
            streams.append([float(part) for part in generator.state.numpy().ravel()])
    if module("tensorflow", "random") is not None:
        from tensorflow.python.eager import context
        from tensorflow.python.ops import stateful_random_ops

        operations, generator = getattr(context.context(), "_rng", None), stateful_random_ops.global_generator
        streams.append([None if operations is None else repr(operations.getstate()), None if generator is None else generator.state])
    return streams or None


LOOKS = {
    "figure": figure,
    "options": options,
    "backend": backend,
    "environment": lambda: repr(sorted(os.environ.items())),
    "directory": os.getcwd,
    "warnings": lambda: [str(one) for one in warnings.filters],
    "random:random": lambda: repr(random.getstate()),
    "random:numpy": numpy_stream,
    "random:torch": torch_stream,
    "random:tensorflow": tensorflow_stream,
}


class Restorer:
    """Brings the process back to how it was when this was made."""

    def __init__(self):
        self.filters = list(warnings.filters)
        self.environment = dict(os.environ)
        self.directory = os.getcwd()
        self.rc = {key: another(value) for key, value in dict.items(module("matplotlib").rcParams)} if module("matplotlib", "rcParams") else None
        self.config = module("pandas._config.config", "_global_config")
        self.pandas = None if self.config is None else deep(self.config._global_config)
        self.numpy = None if module("numpy", "geterr") is None else (sys.modules["numpy"].geterr(), sys.modules["numpy"].get_printoptions())
        self.root = (logging.getLogger().level, list(logging.getLogger().handlers))

    def random(self, seed=12345):
        random.seed(seed)
        if module("numpy.random", "seed"):
            sys.modules["numpy.random"].seed(seed)
        if module("torch", "manual_seed"):
            sys.modules["torch"].manual_seed(seed)
        if module("tensorflow", "random"):
            sys.modules["tensorflow"].random.set_seed(seed)
        if module("keras.utils", "set_random_seed"):
            sys.modules["keras.utils"].set_random_seed(seed)

    def restore(self):
        pyplot = module("matplotlib.pyplot", "close")
        if pyplot is not None:
            pyplot.close("all")
        warnings.filters[:] = self.filters
        for name in set(os.environ) - set(self.environment):
            del os.environ[name]
        os.environ.update(self.environment)
        os.chdir(self.directory)
        logging.getLogger().setLevel(self.root[0])
        logging.getLogger().handlers[:] = self.root[1]
        if self.rc is not None:
            rc = sys.modules["matplotlib"].rcParams
            for key, value in self.rc.items():
                # Figures share these values (the cycle of colors), and what a call returns is written to.
                dict.__setitem__(rc, key, another(value))
            if pyplot is not None:
                pyplot.ioff()
        if self.pandas is not None:
            self.config._global_config.clear()
            self.config._global_config.update(deep(self.pandas))
        if self.numpy is not None:
            sys.modules["numpy"].seterr(**self.numpy[0])
            sys.modules["numpy"].set_printoptions(**{key: value for key, value in self.numpy[1].items() if key != "override_repr"})
            sys.modules["numpy"].seterrcall(None)
            sys.modules["numpy"].setbufsize(8192)
        sklearn = module("sklearn", "set_config")
        if sklearn is not None:
            sklearn.set_config(assume_finite=False, display="diagram", transform_output="default", enable_metadata_routing=False)
        torch = module("torch", "set_default_dtype")
        if torch is not None:
            torch.set_default_dtype(torch.float32)
            torch.set_grad_enabled(True)
            torch.use_deterministic_algorithms(False)


def another(value):
    """A copy, without the costs of one where there is nothing to copy."""
    if isinstance(value, (str, float, int, type(None))):
        return value
    return list(value) if type(value) is list and all(isinstance(item, (str, float, int)) for item in value) else copy.deepcopy(value)


def deep(value):
    return {key: deep(item) for key, item in value.items()} if isinstance(value, dict) else value
