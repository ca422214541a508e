"""Good files spoilt at random: each ends in text or in a sentence; none does anything else."""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from spplus_app.adapters.documents import apart
from spplus_app.adapters.documents.apart import Isolation
from spplus_app.adapters.documents.child import MEMORY_MAX
from spplus_app.adapters.documents.reading import read
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.errors import Invalid
from tests.soak.report import full, quantiles, record

from . import makers, pdf_maker, reads
from .test_photos import heic
from .test_scans import scan
from .test_texts import PAGE, message

pytestmark = pytest.mark.soak

COUNT = 5000 if full() else 50
SEED = 20
RTF = rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 Madame,\par il manque l\rquote avis d\rquote imp\'f4t.}"


def good() -> dict[str, bytes]:
    """A good file of each kind, by the name it is sent under."""
    small = ("Un texte court.", "JPEG", (640, 300))
    return {
        "a.pdf": pdf_maker.letter(2),
        "b.pdf": pdf_maker.pdf([pdf_maker.deflated(pdf_maker.drawn(["Bonjour"]))]),
        "c.pdf": scan("Votre dossier est complet."),
        "a.docx": makers.word(),
        "a.odt": makers.open_document(),
        "a.eml": message(page=PAGE).as_bytes(),
        "a.html": PAGE.encode(),
        "a.rtf": RTF,
        "a.txt": PAGE.encode("utf-16"),
        "a.msg": makers.outlook(subject="Votre dossier", body="Il manque un avis."),
        "a.jpg": makers.photo(*small),
        "a.png": makers.photo(small[0], "PNG", small[2]),
        "a.webp": makers.photo(small[0], "WEBP", small[2]),
        "a.heic": heic(makers.photo(*small)),
    }


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """A file with some of its bytes changed, taken, doubled, or its end gone."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 40))):
        at, size = chance.randrange(max(1, len(made))), chance.choice((1, 1, 4, 60))
        match chance.randrange(5):
            case 0:
                made[at : at + size] = chance.randbytes(size)
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size] * chance.choice((1, 2, 50))
            case 3:
                made[at : at + 1] = chance.choice((b"\0", b"\xff", b"<", b"9", b"-"))
            case 4 if chance.random() < 0.2:
                del made[at:]
    return bytes(made)


class End(NamedTuple):
    """How the reading of a file ended, in a word, after how many seconds."""

    name: str
    how: str
    seconds: float


def ended(path: Path, name: str) -> End:
    """Read a file, which goes afterwards; fail for one that does anything else than end."""
    begun = time.monotonic()
    try:
        reads.told(read(path, name))
        how = "text"
    except Invalid as refused:
        assert set(refused.errors) == {"document"}
        assert refused.message in SENTENCES.values()
        how = "a sentence"
    finally:
        path.unlink()
    return End(name, how, time.monotonic() - begun)


def bounded_only() -> None:
    """Have the readers of this process held by bounds alone: behind walls, they are not its own."""
    patch.object(apart, "isolation", lambda: Isolation.LIMITS).start()  # until the process ends


def most_memory() -> int:
    """Bytes that the largest reader of this process has taken."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def test_every_spoilt_file_ends_in_text_or_in_a_sentence(tmp_path: Path) -> None:
    """Half of the files behind walls where the machine has some, half held by bounds alone."""
    chance, files = random.Random(SEED), good()
    names = sorted(files)
    sent: list[tuple[Path, str]] = []
    for number in range(COUNT):
        path, name = tmp_path / str(number), names[number % len(names)]
        path.write_bytes(spoilt(files[name], chance))
        sent.append((path, name))
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn) as walls,
        ProcessPoolExecutor(1, spawn, bounded_only) as bounds,
    ):
        reading = [
            (walls if number // len(names) % 2 else bounds).submit(ended, *one)
            for number, one in enumerate(sent)
        ]
        ends = [one.result() for one in reading]
        memory = bounds.submit(most_memory).result()
    assert len(ends) == COUNT and memory <= MEMORY_MAX
    # Were all of them the same, this would try nothing.
    assert {one.how for one in ends} == {"text", "a sentence"}
    if full():
        record("Spoilt files", told(ends, memory))


def told(ends: Sequence[End], memory: int) -> dict[str, object]:
    """What is written of them."""
    facts: dict[str, object] = {"files spoilt at random": len(ends)}
    for ending in sorted({one.name.rpartition(".")[2] for one in ends}):
        kind = [one for one in ends if one.name.endswith(f".{ending}")]
        counted = Counter(one.how for one in kind)
        facts[f"{ending.upper()}: {len(kind)}"] = (
            f"{counted['text']} in text, {counted['a sentence']} in a sentence; "
            + quantiles([one.seconds for one in kind])
        )
    every = Counter(one.how for one in ends)
    return {
        **facts,
        "ended in text": every["text"],
        "ended in a sentence": every["a sentence"],
        "did anything else": len(ends) - every["text"] - every["a sentence"],
        "each took, two at a time": quantiles([one.seconds for one in ends]),
        "the most memory of a reader, of 512 MB": f"{memory / 2**20:.0f} MB",
        "readers held by": f"{apart.isolation().value}, and every other turn by bounds alone",
    }
