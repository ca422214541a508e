"""The fragments that generated texts are made of, and how their holes are filled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log
from random import Random
from typing import Any, TypeVar

from ...domain.communes import communes
from ...domain.text import fold
from ...domain.values import Channel, Ressenti

T = TypeVar("T")
Template = tuple[tuple[str, str], ...]
"""A sentence as pairs: words, then the hole that follows them (none after the last)."""
Filler = Callable[[str], str]

_HOLE = re.compile(r"\{(\w+)\}")


def parsed(sentence: str) -> Template:
    """Return a sentence cut at its holes."""
    pieces = _HOLE.split(sentence)
    return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


def filled(template: Template, filler: Filler) -> str:
    """Return the sentence with its holes filled; it begins with a capital."""
    text = "".join([words + filler(hole) if hole else words for words, hole in template])
    return text if text[:1].isupper() else text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Theme:
    """What is told of a kind of service."""

    match: tuple[str, ...]
    service: Mapping[str, str]
    requests: tuple[str, ...]
    papers: tuple[str, ...]
    facts: tuple[Template, ...]
    good: tuple[Template, ...]
    replies: tuple[Template, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replies:
    """The fragments of a structure's answer."""

    openings: tuple[Template, ...]
    thanks: Mapping[Ressenti, tuple[Template, ...]]
    body: tuple[Template, ...]
    closings: tuple[Template, ...]
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fragments:
    """All the fragments; those of a text by the ressenti they bear."""

    themes: tuple[Theme, ...]
    channels: Mapping[Channel, Mapping[Ressenti, tuple[Template, ...]]]
    openings: Mapping[Ressenti, tuple[Template, ...]]
    body: Mapping[Ressenti, tuple[Template, ...]]
    closings: Mapping[Ressenti, tuple[Template, ...]]
    titles: Mapping[Ressenti, tuple[Template, ...]]
    replies: Replies
    pseudonyms: tuple[str, ...]
    delays: tuple[str, ...]
    ordinals: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    towns: tuple[str, ...]

    def theme_of(self, network: str, typology: str) -> Theme:
        """Return the theme of a structure, by words of its typology, then of its network."""
        for name in (fold(typology), fold(network)):
            for theme in self.themes:
                if any(word in name for word in theme.match):
                    return theme
        return self.themes[-1]


@cache
def fragments() -> Fragments:
    """Return the fragments written for the project, and the names of the communes of France."""
    path = resources.files("spplus_app.demo").joinpath("content", "generated.json")
    raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
    towns = {one.name for some in communes().by_name.values() for one in some}
    replies = raw["replies"]
    return Fragments(
        themes=tuple(_theme(one) for one in raw["themes"].values()),
        channels={Channel(name): _by_ressenti(some) for name, some in raw["channels"].items()},
        openings=_by_ressenti(raw["openings"]),
        body=_by_ressenti(raw["body"]),
        closings=_by_ressenti(raw["closings"]),
        titles=_by_ressenti(raw["titles"]),
        replies=Replies(
            openings=_templates(replies["openings"]),
            thanks=_by_ressenti(replies["thanks"]),
            body=_templates(replies["body"]),
            closings=_templates(replies["closings"]),
            signatures=tuple(replies["signatures"]),
        ),
        pseudonyms=tuple(raw["pseudonyms"]),
        delays=tuple(raw["delays"]),
        ordinals=tuple(raw["ordinals"]),
        numbers=tuple(raw["numbers"]),
        words=tuple(raw["words"]),
        towns=tuple(sorted(towns)),
    )


def _theme(raw: Mapping[str, Any]) -> Theme:
    return Theme(
        match=tuple(fold(word) for word in raw["match"]),
        service=dict(raw["service"]),
        requests=tuple(raw["demandes"]),
        papers=tuple(raw["pieces"]),
        facts=_templates(raw["facts"]),
        good=_templates(raw["good"]),
        replies=_templates(raw["replies"]),
        tags=tuple(raw["tags"]),
    )


def _templates(sentences: Iterable[str]) -> tuple[Template, ...]:
    return tuple(parsed(sentence) for sentence in sentences)


def _by_ressenti(raw: Mapping[str, Iterable[str]]) -> dict[Ressenti, tuple[Template, ...]]:
    return {Ressenti(name): _templates(sentences) for name, sentences in raw.items()}


def some(rng: Random, values: tuple[T, ...]) -> T:
    """Return one of the values, the first ones more often: the n-th about 1/n of the times."""
    return values[int(exp(rng.random() * log(len(values) + 1))) - 1]
