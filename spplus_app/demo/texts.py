"""The content of the demonstration as values: structures, accounts, stories and their dates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..domain.dates import PARIS
from ..domain.documents.deposits import PROBLEM_FIELDS
from ..domain.documents.values import Problem
from ..domain.imports import Reading
from ..domain.roles import Role
from ..domain.structures import StructureRecord
from ..domain.values import CHANNEL_FIELDS, TAG_FIELDS, Channel, GeneralTag

Row = dict[str, Any]


def _read(name: str) -> Row:
    path = resources.files("spplus_app.demo").joinpath("content", f"{name}.json")
    return dict(json.loads(path.read_text("utf-8")))


def digest(*parts: str) -> str:
    """Return a hexadecimal digest of these words, the same at each load."""
    return sha256("\n".join(("demo", *parts)).encode()).hexdigest()


@cache
def structures() -> tuple[StructureRecord, ...]:
    """Return the real names lent, then the invented structures."""
    real = [_record(row, invented=False) for row in _read("structures")["rows"]]
    invented = [_record(row, invented=True) for row in _read("invented")["rows"]]
    return (*real, *invented)


def _record(row: Row, *, invented: bool) -> StructureRecord:
    return StructureRecord(
        code=row["code"],
        parent_code=row["parent"] or "",
        network=row["network"],
        typology=row["typology"],
        typology_code=f"demo-{digest(row['network'], row['typology'])[:16]}",
        name=row["name"],
        usual_name=row["usual_name"],
        description=row.get("description", ""),
        town=row["town"],
        postal_code=row["postal_code"],
        department=row["department"],
        invented=invented,
        announced_delay_days=row.get("announced_delay_days"),
    )


def reading() -> Reading[StructureRecord]:
    """Return the structures in the form an import takes."""
    records = {record.code: record for record in structures()}
    rows = {code: number for number, code in enumerate(records, start=1)}
    return Reading(records=records, rows=rows, total=len(records))


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration; ``structure`` is a code, empty for the whole site."""

    email: str
    name: str
    role: Role
    structure: str


@cache
def accounts() -> tuple[str, tuple[Account, ...]]:
    """Return the password all accounts share, and the accounts."""
    content = _read("accounts")
    rows = content["rows"]
    found = [Account(r["email"], r["name"], Role(r["role"]), r["structure"] or "") for r in rows]
    return str(content["password"]), tuple(found)


@dataclass(frozen=True, slots=True)
class Story:
    """One experience and all that happens to it."""

    row: Row

    @property
    def key(self) -> str:
        """Its name among the others."""
        return str(self.row["key"])

    @property
    def uuid(self) -> str:
        """The UUID it is sent with: the same at each load, so that it is sent once."""
        return str(uuid5(NAMESPACE_URL, f"spplus-demo:{self.key}"))

    @property
    def visitor(self) -> str:
        """The hash of the visitor who sends it; no cookie has it."""
        return digest("visitor", self.key)

    @property
    def seed(self) -> int:
        """A number that gives each story hours of its own."""
        return int(digest("hours", self.key)[:8], 16)

    def draft(self) -> dict[str, Any]:
        """Return the fields as the forms would have filled them."""
        row = self.row
        tags = {TAG_FIELDS[GeneralTag(name)]: felt for name, felt in row["tags"].items()}
        uses: dict[str, str] = {}
        for met in row["structures"]:
            for used in met["channels"]:
                suffix = f"{met['code']}-{CHANNEL_FIELDS[Channel(used['channel'])]}"
                uses |= {f"use-{suffix}": "oui", f"felt-{suffix}": used["ressenti"]}
        names = ("title", "narrative", "ressenti", "posted_as", "department", "country")
        return {
            **{name: row[name] for name in (*names, "pseudonym")},
            **tags,
            "services": [met["code"] for met in row["structures"]],
            "uses": uses,
            "outside": "oui" if row["outside_structure"] else "",
            "email": "",
        }


@cache
def stories() -> tuple[Story, ...]:
    """Return the experiences, the oldest first."""
    found = [Story(row) for row in _read("experiences")["rows"]]
    return tuple(sorted(found, key=lambda story: (-story.row["days_ago"], story.key)))


@dataclass(frozen=True, slots=True)
class Letter:
    """One hard document, who marked it, and what became of it."""

    row: Row

    @property
    def key(self) -> str:
        """Its name among the others."""
        return str(self.row["key"])

    @property
    def uuid(self) -> str:
        """The UUID it is sent with: the same at each load, so that it is sent once."""
        return self.named()

    @property
    def visitor(self) -> str:
        """The hash of the visitor who sends it; no cookie has it."""
        return digest("depositor", self.key)

    @property
    def seed(self) -> int:
        """A number that gives each document hours of its own."""
        return int(digest("hours", "document", self.key)[:8], 16)

    def named(self, *parts: str) -> str:
        """Return a UUID for what belongs to it, the same at each load."""
        return str(uuid5(NAMESPACE_URL, ":".join(("spplus-demo-document", self.key, *parts))))

    def typed(self) -> dict[str, str]:
        """Return the fields as the form would have filled them."""
        row = self.row
        told = {name: str(row[name]) for name in ("kind", "structure", "hard", "wished", "form")}
        return told | {PROBLEM_FIELDS[Problem(one)]: "oui" for one in row["problems"]}

    def marks(self) -> dict[str, list[Row]]:
        """Return the marks of each reader, by the hash of the reader."""
        found: dict[str, list[Row]] = {}
        for one in self.row["marks"]:
            found.setdefault(digest("reader", self.key, str(one["reader"])), []).append(one)
        return found


@cache
def letters() -> tuple[Letter, ...]:
    """Return the hard documents, the oldest first."""
    found = [Letter(row) for row in _read("documents")["rows"]]
    return tuple(sorted(found, key=lambda letter: (-letter.row["days_ago"], letter.key)))


class Calendar:
    """The moments of one story, each after the one before and none after now."""

    def __init__(self, now: datetime, days_ago: int, seed: int) -> None:
        self._now = now
        self._sent_on = now.astimezone(PARIS).date() - timedelta(days=days_ago)
        self._seed = seed
        self._last = now - timedelta(days=days_ago + 2)

    def at(self, day: int, opens: int, closes: int) -> datetime:
        """Return a moment (UTC) ``day`` days after the sending, between two hours of Paris."""
        self._seed = self._seed * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        minutes = (self._seed >> 8) % ((closes - opens) * 60)
        date = self._sent_on + timedelta(days=day)
        opening = datetime.combine(date, time(opens), PARIS).astimezone(UTC)
        moment = opening + timedelta(minutes=minutes)
        # A load in the small hours must not date anything of tonight.
        latest = self._now - timedelta(minutes=10)
        self._last = max(self._last + timedelta(seconds=30), min(moment, latest))
        return min(self._last, self._now)
