"""Good files spoilt at random: each ends in text or in a sentence; none does anything else."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from spplus_app.adapters.documents.reading import isolation, read
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.errors import Invalid
from tests.soak.report import full, quantiles, record

from . import makers, pdf_maker, reads
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


def ended(path: Path, name: str) -> tuple[str, float]:
    """How the reading of a file ended, in a word, and after how many seconds."""
    begun = time.monotonic()
    try:
        reads.told(read(path, name))
        end = "text"
    except Invalid as refused:
        assert set(refused.errors) == {"document"}
        end = "a sentence"
        assert refused.message in SENTENCES.values()
    return end, time.monotonic() - begun


def test_every_spoilt_file_ends_in_text_or_in_a_sentence(tmp_path: Path) -> None:
    chance, files = random.Random(SEED), good()
    names = sorted(files)

    def one(number: int) -> tuple[str, float]:
        path = tmp_path / str(number)
        try:
            return ended(path, names[number % len(names)])
        finally:
            path.unlink()

    for number in range(COUNT):
        content = files[names[number % len(names)]]
        (tmp_path / str(number)).write_bytes(spoilt(content, chance))
    with ThreadPoolExecutor(2) as readers:
        ends = list(readers.map(one, range(COUNT)))
    counted = Counter(end for end, _ in ends)
    assert sum(counted.values()) == COUNT
    # Were all of them the same, this would try nothing.
    assert set(counted) == {"text", "a sentence"}
    if full():
        record(
            "Spoilt files",
            {
                "files of twelve kinds spoilt at random": COUNT,
                "ended in text": counted["text"],
                "ended in a sentence": counted["a sentence"],
                "did anything else": 0,
                "each took, two at a time": quantiles([seconds for _, seconds in ends]),
                "readers held by": isolation().value,
            },
        )
