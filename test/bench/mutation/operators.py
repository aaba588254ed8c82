"""The operators: each yields edits of a file, by its syntax tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Iterator

@dataclass(frozen=True)
class Edit:
    operator: str
    start: int
    end: int
    text: str


COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in", "is": "is not", "is not": "is"}
SYMBOLS: dict = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|", ast.MatMult: "@",
}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "/", "%": "*", "**": "*", "&": "|", "|": "&"}
METHODS = {
    "mean": "median", "median": "mean", "sum": "prod", "max": "min", "min": "max", "std": "var", "var": "std", "head": "tail", "tail": "head",
    "idxmax": "idxmin", "idxmin": "idxmax", "argmax": "argmin", "argmin": "argmax", "ffill": "bfill", "bfill": "ffill", "predict_proba": "predict_log_proba",
    "lower": "upper", "upper": "lower", "append": "extend", "any": "all", "all": "any", "first": "last", "last": "first", "cumsum": "cumprod", "isna": "notna", "isnull": "notnull", "notna": "isna",
}


def edits_of(source: Any, package: str, types: dict) -> Iterator[Edit]:
    yield from statements(source)
    yield from values(source, types["ways"])
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and is_interface(node):
            continue
        for operator in EXPRESSIONS:
            yield from operator(source, node, types)


def is_interface(node: ast.AST) -> bool:
    """What only carries results, such as the NamedTuple that a stage returns."""
    return isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases)


def bodies(tree: ast.AST) -> Iterator[list]:
    for node in ast.walk(tree):
        if is_interface(node) or isinstance(node, ast.Module):
            continue
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def is_moved(node: ast.stmt) -> bool:
    """Imports, definitions and documentation are no steps of a computation."""
    fixed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Global, ast.Nonlocal, ast.Return, ast.Pass)
    return not isinstance(node, fixed) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def statements(source: Any) -> Iterator[Edit]:
    for body in bodies(source.tree):
        for at, node in enumerate(body):
            start, end = source.span(node)
            if is_moved(node):
                yield Edit("statement dropped", start, end, "pass")
            following = body[at + 1] if at + 1 < len(body) else None
            if following is not None and is_moved(node) and is_moved(following):
                first, last = source.span(following)
                yield Edit("statements swapped", start, last, source.text[first:last] + source.text[end:first] + source.text[start:end])


def values(source: Any, ways: dict) -> Iterator[Edit]:
    """A damaged value, right behind the statement of a stage's body that binds it, in each way that fits it."""
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef) or function.name not in ways:
            continue
        fitting = ways[function.name]
        arguments = [argument.arg for argument in function.args.args if argument.arg != "params"]
        inner = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
        for name in arguments if inner else []:
            if "copied" not in fitting.get(name, ()):
                continue
            start, _ = source.span(inner[0])
            indent = " " * inner[0].col_offset
            yield Edit("damage: copied", start, start, f"{name} = __import__('damage').copied({name})\n{indent}")
        for node in function.body:
            names = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
            names += [item.id for target in getattr(node, "targets", []) if isinstance(target, ast.Tuple) for item in target.elts if isinstance(item, ast.Name)]
            _, end = source.span(node)
            indent = " " * node.col_offset
            for name in names:
                for way in fitting.get(name, ()):
                    yield Edit(f"damage: {way.replace('_', ' ')}", end, end, f"\n{indent}{name} = __import__('damage').{way}({name})")


def constants(source: Any, node: ast.AST, types: dict) -> Iterator[Edit]:
    if not isinstance(node, ast.Constant) or isinstance(getattr(node, "parent", None), ast.JoinedStr):
        return
    start, end = source.span(node)
    value = node.value
    if isinstance(value, bool):
        yield Edit("truth value flipped", start, end, repr(not value))
    elif isinstance(value, int):
        yield Edit("constant changed", start, end, repr(value + 1))
        yield Edit("constant changed", start, end, repr(value - 1))
    elif isinstance(value, float):
        yield Edit("constant changed", start, end, repr(value * 1.5 + 0.01))
    elif isinstance(value, str) and value and source.text[start] in "\"'" and "\n" not in value and "{" not in value:
        yield Edit("text changed", start, end, repr(value + "x"))


def comparisons(source: Any, node: ast.AST, types: dict) -> Iterator[Edit]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        symbol = SYMBOLS.get(type(node.ops[0]))
        yield from between(source, node.left, node.comparators[0], symbol, COMPARISONS, "comparison changed")
    if isinstance(node, ast.BinOp):
        yield from between(source, node.left, node.right, SYMBOLS.get(type(node.op)), ARITHMETIC, "operator changed")
    if isinstance(node, ast.BoolOp):
        words = {"and": "or", "or": "and"}
        word = "and" if isinstance(node.op, ast.And) else "or"
        yield from between(source, node.values[0], node.values[1], word, words, "operator changed")
    if isinstance(node, ast.UnaryOp):
        start, _ = source.span(node)
        inner, _ = source.span(node.operand)
        yield Edit("sign or negation dropped", start, inner, "")


def between(source: Any, left: ast.AST, right: ast.AST, symbol: Any, others: dict, operator: str) -> Iterator[Edit]:
    start, end = source.span(left)[1], source.span(right)[0]
    gap = source.text[start:end]
    if symbol in others and gap.count(symbol) == 1:
        yield Edit(operator, start, end, gap.replace(symbol, others[symbol]))


def arguments(source: Any, node: ast.AST, types: dict) -> Iterator[Edit]:
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg is None:
            continue
        operator = "seed forgotten" if keyword.arg in ("random_state", "seed") else "argument dropped"
        start = source.span(keyword.value)[0]
        start = source.text.rindex(keyword.arg, 0, start)
        end = source.span(keyword.value)[1]
        rest = source.text[end:]
        comma = len(rest) - len(rest.lstrip()) if rest.lstrip().startswith(",") else None
        yield Edit(operator, start, end + (comma + 1 if comma is not None else 0), "")
    if isinstance(node.func, ast.Attribute):
        name = node.func.attr
        _, end = source.span(node.func)
        if name in METHODS:
            yield Edit("other method", end - len(name), end, METHODS[name])
        if name == "sort_values" or name == "sort_index":
            close = source.span(node)[1] - 1
            if not any(keyword.arg == "ascending" for keyword in node.keywords):
                yield Edit("sorted the other way", close, close, (", " if node.args or node.keywords else "") + "ascending=False")
        if name in ("fit", "fit_transform"):
            start, _ = source.span(node)
            if name == "fit":
                receiver = source.segment(node.func.value)
                yield Edit("model not fitted", start, source.span(node)[1], receiver)
    if "seed" in source.segment(node.func).lower():
        start, end = source.span(node)
        yield Edit("seed forgotten", start, end, "None")


def names(source: Any, node: ast.AST, types: dict) -> Iterator[Edit]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for one, other in (("_train", "_test"), ("_test", "_train"), ("train_", "test_"), ("test_", "train_")):
            if one in node.id and node.id.replace(one, other) in types["names"]:
                start, end = source.span(node)
                yield Edit("other variable", start, end, node.id.replace(one, other))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "params":
        start, end = source.span(node)
        kind = types["params"].get(node.attr)
        if kind in ("int", "float"):
            yield Edit("parameter ignored", start, end, f"({kind}(params.{node.attr} * 2 + 1))")
        elif kind == "str":
            yield Edit("parameter ignored", start, end, f"(params.{node.attr} + 'x')")
    if isinstance(node, ast.Slice):
        for bound in (node.lower, node.upper):
            if bound is not None and not isinstance(bound, ast.Constant):
                start, end = source.span(bound)
                yield Edit("slice off by one", start, end, f"({source.segment(bound)}) + 1")
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and isinstance(node.targets[0], ast.Name):
        start, end = source.span(node.value)
        yield Edit("alias cut", start, end, f"__import__('copy').deepcopy({node.value.id})")


EXPRESSIONS = (constants, comparisons, arguments, names)
