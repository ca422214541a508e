"""The tree of structures as it is stored: each knows its parent and its path from the root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ..domain.structure_tree import Tree
from ..persistence import structures

TREE = ("id", "parent_id", "path")
"""The columns that say where a structure stands."""


def plant(session: Session, made: Tree) -> set[str]:
    """Write the parent and path of every structure that moved; return their codes."""
    known = structures.stored(session, TREE)
    paths: dict[str, str] = {"": "/"}
    moved: dict[str, dict[str, Any]] = {}
    for code in made.top_down():
        row, parent = known[code], made.above[code]
        paths[code] = f"{paths[parent]}{row['id']}/"
        parent_id = known[parent]["id"] if parent else None
        if (row["parent_id"], row["path"]) != (parent_id, paths[code]):
            moved[code] = {"id": row["id"], "parent_id": parent_id, "path": paths[code]}
    moved |= _follow(known, moved, made)
    structures.change_many(session, list(moved.values()))
    return set(moved)


def _follow(
    known: Mapping[str, Mapping[str, Any]], moved: Mapping[str, Mapping[str, Any]], made: Tree
) -> dict[str, dict[str, Any]]:
    """Return the new paths of structures of no record (closed ones) whose parent moved."""
    paths = {row["id"]: str(row["path"]) for row in known.values()}
    paths |= {row["id"]: str(row["path"]) for row in moved.values()}
    above = {row["id"]: row["parent_id"] for row in known.values()}
    above |= {row["id"]: row["parent_id"] for row in moved.values()}
    followed: dict[str, dict[str, Any]] = {}
    others = [(code, row) for code, row in known.items() if code not in made.above]
    # The nearest to the root first: a child reads the path its parent was just given.
    for code, row in sorted(others, key=lambda item: str(item[1]["path"]).count("/")):
        parent_id = above[row["id"]]
        path = f"{paths.get(parent_id, '/')}{row['id']}/"
        if path != row["path"]:
            paths[row["id"]] = path
            followed[code] = {"id": row["id"], "parent_id": parent_id, "path": path}
    return followed
