"""Putting what a restoration prepared in the place of what was there: all of it, or nothing.

Everything new stands whole on the disk before `carry_out` writes down which renames are to be
made. From then on the restoration is done: whoever opens the database next makes the renames that
a kill prevented (`finish`). PostgreSQL renames its databases in one transaction of its own, which
is then the moment that decides.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from . import databases

PLAN = "restore-plan.json"
_LOCK = "restore-plan.lock"


@dataclass(frozen=True, slots=True)
class Move:
    """``place`` goes to ``aside`` if it is there, then ``new`` to ``place`` if there is one."""

    place: str
    aside: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be renamed, in this order, and the folders that are then of no more use."""

    moves: tuple[Move, ...]
    prepared: tuple[str, ...]
    new_database: str = ""
    """PostgreSQL: the database that takes the place; while it bears this name, nothing is done."""
    old_database: str = ""
    """PostgreSQL: the name that the former one takes."""


def carry_out(var_dir: Path, plan: Plan, engine: Engine) -> None:
    """Do all that the plan says; a kill leaves it undone, or to be ended by `finish`."""
    with _alone(var_dir):
        _write_down(var_dir, plan)
        if plan.new_database:
            try:
                databases.swap(engine, plan.new_database, plan.old_database)
            except BaseException:
                (var_dir / PLAN).unlink()
                raise
        _end(var_dir, plan)


def finish(var_dir: Path, engine: Engine) -> None:
    """End, or forget, what a killed restoration had begun; usually there is nothing to do."""
    if not (var_dir / PLAN).exists():
        return
    with _alone(var_dir):
        try:
            told = json.loads((var_dir / PLAN).read_text())
        except FileNotFoundError:  # another process has just finished
            return
        moves = tuple(Move(**move) for move in told.pop("moves"))
        plan = Plan(moves, tuple(told.pop("prepared")), **told)
        if plan.new_database and databases.exists(engine, plan.new_database):
            databases.drop(engine, plan.new_database)
            plan = replace(plan, moves=())
        _end(var_dir, plan)


@contextmanager
def _alone(var_dir: Path) -> Iterator[None]:
    with (var_dir / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_down(var_dir: Path, plan: Plan) -> None:
    part = var_dir / f"{PLAN}.part"
    with part.open("w") as handle:
        json.dump(asdict(plan), handle)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(var_dir / PLAN)
    _sync(var_dir)


def _end(var_dir: Path, plan: Plan) -> None:
    for move in plan.moves:
        _carry_out(move)
    for folder in {Path(path).parent for move in plan.moves for path in (move.place, move.aside)}:
        _sync(folder)
    (var_dir / PLAN).unlink()
    _sync(var_dir)
    for folder in map(Path, plan.prepared):
        shutil.rmtree(folder, ignore_errors=True)


def _carry_out(move: Move) -> None:
    place, aside = Path(move.place), Path(move.aside)
    new = Path(move.new) if move.new else None
    if new is not None and not new.exists():
        return  # already in its place
    if place.exists() and not aside.exists():
        aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.rename(aside)
        _sync(aside.parent)
    if new is not None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.rename(place)


def _sync(folder: Path) -> None:
    with suppress(FileNotFoundError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
