"""Connections to SQLite, and their cursors."""

from __future__ import annotations

import os
from typing import Any

from .graph import Graph, Node


def connection(value: Any, graph: Graph) -> Node:
    """What it is open on and what it has changed; of a database in memory, what it holds."""
    node: Node = {"k": "object", "t": "sqlite3.Connection", "parts": []}
    try:
        cursor = value.cursor()
        cursor.row_factory = None
        listed = cursor.execute("PRAGMA database_list").fetchall()
    except Exception:  # its own errors, by which a closed one answers
        node["parts"].append(["closed", graph.ref(True)])
        return node
    files = [(str(name), os.path.relpath(path) if path else "") for _, name, path in listed]
    facts: dict = {"databases": files, "in a transaction": value.in_transaction, "changes": value.total_changes}
    if any(name == "main" and not path for name, path in files):
        facts["content"] = list(value.iterdump())
    node["parts"] = [[name, graph.ref(fact)] for name, fact in facts.items()]
    return node


def cursor(value: Any, graph: Graph) -> Node:
    facts = {"columns": value.description, "last row": value.lastrowid, "row count": value.rowcount}
    node: Node = {"k": "object", "t": "sqlite3.Cursor", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}
    node["parts"].append(["connection", graph.ref(value.connection)])
    if value.description is not None:
        node["partly"] = "the rows that it has not given yet cannot be seen"
    return node


TABLE = {("sqlite3", "Connection"): connection, ("sqlite3", "Cursor"): cursor}
