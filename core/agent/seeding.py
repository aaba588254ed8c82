"""Seeds the random streams of the process: `seed` and `libraries` are bound by the caller.

Libraries that are not installed are passed over.
"""

import importlib.util
import random

random.seed(seed)  # noqa: F821
if importlib.util.find_spec("numpy"):
    import numpy

    numpy.random.seed(seed % 2**32)  # noqa: F821
if "torch" in libraries and importlib.util.find_spec("torch"):  # noqa: F821
    import torch

    # Seeds the CPU and every CUDA device.
    torch.manual_seed(seed)  # noqa: F821
if "tensorflow" in libraries and importlib.util.find_spec("tensorflow"):  # noqa: F821
    import tensorflow

    tensorflow.random.set_seed(seed)  # noqa: F821
