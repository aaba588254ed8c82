"""Writes core/src/effects/domains/sklearn.json: what scikit-learn itself says each argument may be.

Run in an environment that has scikit-learn: python scripts/effects/domains.py core/src/effects/domains/sklearn.json
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
import warnings
from collections import defaultdict
from numbers import Integral, Real
from pathlib import Path

import sklearn
from sklearn.utils._param_validation import Interval, Options, RealNotInt, make_constraint

warnings.filterwarnings("ignore")

Domain = dict[str, object]

# How much is told and how many work at once is nobody's hyperparameter; seeds are the same everywhere.
LEFT_OUT = {"verbose", "n_jobs", "random_state"}


def interval_text(interval: Interval) -> str:
    lower = "(-inf" if interval.left is None else f"{'[' if interval.closed in ('left', 'both') else '('}{interval.left}"
    upper = "inf)" if interval.right is None else f"{interval.right}{']' if interval.closed in ('right', 'both') else ')'}"
    return f"{lower}, {upper}"


def domain_of(constraints: object) -> Domain | None:
    """What a literal may be; nothing where the library takes any."""
    if not isinstance(constraints, list):
        return None
    domain: Domain = {}
    for given in constraints:
        if isinstance(given, str) and given in {"boolean", "verbose"}:
            if given == "boolean":
                domain["bool"] = True
            else:
                domain.update(int="[0, inf)", bool=True)
            continue
        if isinstance(given, str) and given in {"cv_object"}:
            domain.update(int="[2, inf)", none=True)
            continue
        constraint = make_constraint(given)
        if isinstance(constraint, Interval):
            kind = {Integral: "int", Real: "number", RealNotInt: "float"}[constraint.type]
            if kind in domain:
                return None
            domain[kind] = interval_text(constraint)
        elif isinstance(constraint, Options):
            if constraint.type is str:
                domain["choices"] = sorted(constraint.options - constraint.deprecated)
            else:
                return None
        elif given is None:
            domain["none"] = True
        elif given is str:
            domain["text"] = True
        elif given in (int, Integral):
            domain["int"] = "(-inf, inf)"
        elif given in (float, Real):
            domain["number"] = "(-inf, inf)"
    if "text" in domain:
        domain.pop("choices", None)
    known = [key for key in ("int", "number", "float", "choices") if key in domain]
    return {key: domain[key] for key in ("int", "number", "float", "choices", "none", "text") if key in domain} if known else None


def public_names() -> dict[str, object]:
    """What the library offers, by its shortest qualified name."""
    found: dict[str, object] = {}
    seen: set[int] = set()
    modules = [name for _, name, _ in pkgutil.walk_packages(sklearn.__path__, "sklearn.") if "._" not in name]
    for name in sorted((one for one in modules if ".tests" not in one), key=lambda one: (one.count("."), one)):
        try:
            module = importlib.import_module(name)
        except Exception:
            continue
        for attribute in getattr(module, "__all__", []):
            try:
                value = getattr(module, attribute, None)
            except ImportError:  # experimental: only with an import of its own
                continue
            if value is not None and id(value) not in seen:
                seen.add(id(value))
                found[f"{name}.{attribute}"] = value
    return found


def main(path: Path) -> None:
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for qualified, value in public_names().items():
        constraints = getattr(value, "_parameter_constraints" if inspect.isclass(value) else "_skl_parameter_constraints", None)
        if not isinstance(constraints, dict):
            continue
        for parameter, given in constraints.items():
            domain = domain_of(given)
            if domain is not None and parameter not in LEFT_OUT:
                rows[parameter][json.dumps(domain)].append(qualified.removeprefix("sklearn."))
    table = [
        {"parameter": parameter, "of": " ".join(sorted(names)), **json.loads(domain)}
        for parameter, domains in sorted(rows.items())
        for domain, names in sorted(domains.items())
    ]
    table.insert(0, {"parameter": "random_state", "of": "*", "int": "[0, 4294967295]", "none": True})
    head = json.dumps({"library": "sklearn", "version": sklearn.__version__})[:-1]
    body = ",\n".join(f"    {json.dumps(row)}" for row in table)
    path.write_text(f'{head}, "domains": [\n{body}\n] }}\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
