"""python mutate.py REQUEST.json: every mutant of the files that the request names, as JSON on stdout.

A mutant is one small edit of one file, by CPython's own syntax tree. What compiles to the same code is none.
"""

from __future__ import annotations

import ast
import json
import sys
from typing import Iterator, Optional

from operators import edits_of


class Source:
    """A file, and where its nodes stand in it."""

    def __init__(self, text: str):
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.tree = ast.parse(text)
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line)
        self._starts = starts

    def offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def span(self, node: ast.AST) -> tuple:
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def segment(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.text[start:end]


def mutants_of(file: str, package: str, types: dict) -> Iterator[dict]:
    with open(file, encoding="utf-8") as opened:
        source = Source(opened.read())
    whole = compiled(source.text)
    seen = set()
    for edit in edits_of(source, package, types):
        text = source.text[: edit.start] + edit.text + source.text[edit.end :]
        if text in seen:
            continue
        seen.add(text)
        code = compiled(text)
        if code is None or code == whole:
            continue
        line = source.text.count("\n", 0, edit.start) + 1
        yield {"file": file, "operator": edit.operator, "line": line, "text": text}


def compiled(text: str) -> Optional[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    try:
        compile(text, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return None
    return ast.dump(tree)


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    mutants = [mutant for file in request["files"] for mutant in mutants_of(file, request["package"], request["types"])]
    json.dump(mutants, sys.stdout)



if __name__ == "__main__":
    main()
