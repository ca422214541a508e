"""Personal data found: how well, how often wrongly, how fast, beside Presidio in the same run.

Nothing here fails because a machine is slow, nor because a target is missed: the floors are in
tests/privacy/test_finder.py. False alarms are printed, for a person to judge, and not published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import process_time

import pytest
from stdnum import iban
from stdnum.fr import nir

from spplus_app.domain.privacy import Kind, find
from tests.benchmarks import figures, presidio_peer
from tests.benchmarks.timing import interleaved
from tests.privacy.samples import data_set, experiences
from tests.privacy.scoring import Example, Found, Score, roles_told, score, total
from tests.privacy.texts import Half, generated

OURS = "this finder"
ABSENT = "not installed"
AROUND = 60
LENGTHS = (100_000, 200_000)


@dataclass(frozen=True, slots=True)
class Finder:
    """A way to find, and what is not held against it."""

    find: Callable[[str], Sequence[Found]]
    kinds: frozenset[str]
    held: Callable[[Example, Sequence[Found]], Sequence[Found]] = field(
        default=lambda example, found: found
    )

    def scored(self, examples: Sequence[Example]) -> Score:
        """Its score on texts."""
        return score(examples, [self.held(one, self.find(one.text)) for one in examples])


def finders() -> dict[str, Finder]:
    """Ours, and the peer where it is installed."""
    made = {OURS: Finder(find, frozenset(map(str, Kind)))}
    if presidio_peer.installed():
        peer = presidio_peer.Presidio()
        made[presidio_peer.NAME] = Finder(
            peer.find,
            frozenset(presidio_peer.KINDS.values()),
            presidio_peer.charitable,  # type: ignore[arg-type]
        )
    return made


def share(value: float) -> str:
    """A share, as the targets write it."""
    return f"{value:.2f}" if value < 0.995 or value == 1 else f"{value:.3f}"


def by_kind(scores: dict[str, Score]) -> list[str]:
    """The table of one set of texts: a row a kind, then all of them."""
    ours, peer = scores[OURS], scores.get(presidio_peer.NAME)
    rows = []
    for kind in Kind:
        one, exact = ours.row(kind), ours.exact.get(kind)
        if not one.expected and not one.invented:
            continue
        beside = share(peer.row(kind).f1) if peer and kind in known() else ""
        said = [share(value) for value in (one.precision, one.recall, one.f1)]
        precise = share(exact.f1) if exact else ""
        rows.append(
            [kind.value, str(one.expected), *said, precise, beside or ("none" * bool(peer))]
        )
    one = ours.all()
    said = [share(value) for value in (one.precision, one.recall, one.f1, ours.all_exact().f1)]
    beside = share(peer.all().f1) if peer else ABSENT
    rows.append(["**all**", str(one.expected), *said, beside])
    head = ["kind", "texts hold", "precision", "recall", "F1", "F1, exact", "F1 of Presidio"]
    return figures.table(head, rows)


def known() -> frozenset[str]:
    """The kinds the peer has something for."""
    return frozenset(presidio_peer.KINDS.values())


def in_short(scores: dict[str, dict[str, Score]]) -> list[str]:
    """A row a finder and a set: precision, recall, F1 over all kinds and over those it knows."""
    rows = []
    for about, by_finder in scores.items():
        for name, seen in by_finder.items():
            one = seen.all()
            of_its = total(count for kind, count in seen.overlap.items() if kind in known())
            said = [share(value) for value in (one.precision, one.recall, one.f1, of_its.f1)]
            rows.append([about, name, *said])
    head = ["texts", "finder", "precision", "recall", "F1", "F1 over the kinds Presidio knows"]
    return figures.table(head, rows)


def keys(examples: Sequence[Example]) -> str:
    """How many accounts and social security numbers have a valid key, in words."""
    said = []
    for kind, name, valid in (("iban", "IBAN", iban.is_valid), ("nir", "NIR", nir.is_valid)):
        values = [
            re.sub(r"[^\dA-Z]", "", one.text[wanted.start : wanted.end].upper())
            for one in examples
            for wanted in one.expected
            if kind in wanted.kinds
        ]
        said.append(f"{sum(map(valid, values))} of {len(values)} {name}")
    return " and ".join(said)


def alarms(texts: Sequence[str], finder: Finder) -> list[tuple[str, Found]]:
    """Everything found in published texts that counts."""
    return [(text, one) for text in texts for one in finder.held(Example(text), finder.find(text))]


def shown(text: str, one: Found) -> str:
    """A finding with what stands around it, on one line."""
    before, after = text[max(0, one.start - AROUND) : one.start], text[one.end : one.end + AROUND]
    line = f"{before}[[{text[one.start : one.end]}]]{after}"
    return f"  {one.kind}: {' '.join(line.split())} ({getattr(one, 'reason', '')})"


def speed(texts: Sequence[str], made: dict[str, Finder], published: Sequence[str]) -> list[str]:
    """The table of false alarms and of times, a row a finder; ours are printed one by one."""
    times = interleaved(
        {name: [partial(one.find, text) for text in texts] for name, one in made.items()}, 1
    )
    rows = []
    for name, finder in made.items():
        found = alarms(published, finder)
        every = sum(len(finder.find(text)) for text in published)
        wide = (
            f" ({every / len(published):.2f} with dates and places)" if every > len(found) else ""
        )
        rows.append([name, f"{len(found) / len(published):.3f}{wide}", times[name].told()])
        if name == OURS:
            print(f"\n{len(found)} findings in {len(published)} published texts:")
            print("\n".join(shown(text, one) for text, one in found))
    if presidio_peer.NAME not in made:
        rows.append([presidio_peer.NAME, ABSENT, ABSENT])
    head = ["", "false alarms a published text", "ms a text: median · p95 (processor)"]
    return figures.table(head, rows)


def at_length(texts: Sequence[str], lengths: Sequence[int]) -> str:
    """How long one text of each length takes, in words: processor time, the best of three."""
    whole = "\n".join(texts)
    told = []
    for length in lengths:
        long = (whole * (length // len(whole) + 1))[:length]
        times = []
        for _ in range(3):
            begun = process_time()
            find(long)
            times.append(process_time() - begun)
        told.append(f"{min(times):.2f} s for {length:,} characters".replace(",", " "))
    return ", ".join(told)


@pytest.mark.bench
@pytest.mark.samples
def bench_privacy(samples: Path) -> None:
    """Write how well and how fast personal data is found."""
    made, published = finders(), experiences(samples)
    sets = {
        "data set": data_set(samples, Half.REPORT),
        "generated": generated(Half.REPORT),
    }
    scores = {
        about: {name: one.scored(examples) for name, one in made.items()}
        for about, examples in sets.items()
    }
    generated_ = sets["generated"]
    right, told = roles_told(generated_, [find(one.text) for one in generated_])
    texts = [*published, *(one.text for examples in sets.values() for one in examples)]
    tables = {
        f"{len(sets['data set'])} real texts with synthetic data, the half not tuned on, though "
        "all had been read once by who wrote the finder. Targets: F1 of 0.95 over all kinds, 0.90 "
        "for persons.": by_kind(scores["data set"]),
        f"{len(generated_)} generated texts, from sentences on which nothing was "
        "tuned; a fifth hold nothing personal. Same targets.": by_kind(scores["generated"]),
        "The same texts, in short.": in_short(scores),
        f"{len(published)} published experiences, where whatever is found counts as a false "
        f"alarm: 0.05 a text at most; and the time of each of {len(texts)} texts, these and those "
        "above: 2 ms at most.": speed(texts, made, published),
    }
    notes = [
        "A finding is right when its kind is and what it covers and what was expected share half "
        "of their union; « exact » asks for the very offsets. On the data set a file number may "
        "be found as a tax number.",
        f"Keys are valid for {keys(sets['data set'])} of the data set, for "
        f"{keys(sets['generated'])} of the generated texts (13 digits have none).",
        f"Of {told} persons found in generated texts, {right} were given their role (author, "
        "third party, agent).",
        f"One long text, processor time: {at_length(published, LENGTHS)} of published texts, "
        f"{at_length([one.text for one in generated_], LENGTHS)} of generated ones.",
        "No sentence of the half reported was read while the finder was mended; which kinds were "
        "weak there was known, from the figures of earlier runs.",
        "Presidio has no recogniser for social security, tax and file numbers nor for plates "
        "(« none »). Its dates and places count when they meet a birth or an address, and are "
        "not held against it elsewhere.",
    ]
    figures.publish("Personal data found", tables, notes)
