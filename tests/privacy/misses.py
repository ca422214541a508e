"""What the finder misses, invents and cuts otherwise on TUNE: `python -m tests.privacy.misses`.

To mend it by. REPORT is never shown: its figures would then say nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from spplus_app.domain.privacy import find
from tests.privacy.samples import data_set
from tests.privacy.scoring import Example, match, score
from tests.privacy.sentences import CLEAN
from tests.privacy.texts import Half, generated, written
from tests.privacy.wordings import PEOPLE, UNTOUCHED, WORDINGS

AROUND = 70


def around(text: str, start: int, end: int) -> str:
    """A span between brackets, with what stands around it, on one line."""
    cut = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    return "{}[[{}]]{}".format(*cut).replace("\r", "").replace("\n", "↵")


def told(name: str, examples: Sequence[Example]) -> Iterator[str]:
    """The lines of one set: its score, then every miss and every invention."""
    found = [find(one.text) for one in examples]
    seen = score(examples, found)
    yield f"== {name}: F1 {seen.all().f1:.3f}, exact {seen.all_exact().f1:.3f}"
    for kind, one in sorted(seen.overlap.items()):
        yield f"   {kind}: P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f} ({one})"
    lines = []
    for example, those in zip(examples, found, strict=True):
        matching = match(example, those)
        for close, wanted in matching.pairs:
            if (close.start, close.end) != (wanted.start, wanted.end):
                value = example.text[wanted.start : wanted.end]
                place = around(example.text, close.start, close.end)
                lines.append(f"EDGES    {close.kind}, expected {value!r}: {place}")
        for wanted in matching.missed:
            place = around(example.text, wanted.start, wanted.end)
            lines.append(f"MISSED   {'/'.join(wanted.kinds)} {wanted.role}: {place}")
        for invented in matching.invented:
            place = around(example.text, invented.start, invented.end)
            lines.append(f"INVENTED {invented.kind} ({invented.reason}): {place}")
    yield from sorted(lines)


def main(samples: Path) -> None:
    """Print all of them."""
    sets = {
        "data set, even numbers": data_set(samples, Half.TUNE),
        "generated, first half": generated(Half.TUNE),
        "more wordings": written(WORDINGS, PEOPLE, 5, 3),
        "what is left alone": [Example(line) for line in UNTOUCHED],
        "clean sentences, first half": [Example(line) for line in Half.TUNE.of(CLEAN)],
    }
    for name, examples in sets.items():
        print("\n".join(told(name, examples)), end="\n\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
