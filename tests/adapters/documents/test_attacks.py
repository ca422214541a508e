"""Files made to harm: each ends in a sentence, little is taken, and nobody else notices."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from subprocess import run

import pytest

from spplus_app.adapters.documents.child import MEMORY_MAX
from spplus_app.adapters.documents.reading import page_image, read
from spplus_app.domain.documents.not_taken import Refusal
from spplus_app.domain.documents.refusals import SENTENCES
from spplus_app.domain.errors import Invalid

from . import bombs, makers, pdf_maker, reads

ROOT = Path(__file__).parents[3]
EXPECTED: dict[str, Refusal] = {
    "nested_flate.pdf": Refusal.UNREADABLE,
    "cyclic_outline.pdf": Refusal.NO_TEXT,
    "cyclic_pages.pdf": Refusal.UNREADABLE,
    "huge_page.pdf": Refusal.UNREADABLE,
    "many_forms.pdf": Refusal.UNREADABLE,
    "many_paragraphs.docx": Refusal.BOMB,
    "many_members.docx": Refusal.BOMB,
    "much_inflated.docx": Refusal.BOMB,
    "lying_archive.docx": Refusal.MISMATCH,
    "laughs.docx": Refusal.BOMB,
    "nested_message.eml": Refusal.DEEP,
    "nested_parts.eml": Refusal.DEEP,
    "deep_page.html": Refusal.DEEP,
    "wide_page.html": Refusal.DEEP,
    "white_image.png": Refusal.PIXELS,
    "heavy_image.png": Refusal.PIXELS,
    "deep.rtf": Refusal.DEEP,
}


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_a_bomb_ends_in_a_sentence(tmp_path: Path, name: str) -> None:
    assert reads.refusal(tmp_path, name, bombs.BOMBS[name]()) is EXPECTED[name]


def test_the_bombs_are_what_they_are_said_to_be() -> None:
    assert set(bombs.BOMBS) == set(EXPECTED)
    sizes = {name: len(make()) for name, make in bombs.BOMBS.items()}
    assert sizes["nested_flate.pdf"] < 1300
    assert sizes["many_paragraphs.docx"] < 300_000
    assert sizes["white_image.png"] < 20_000


def test_no_reader_takes_more_memory_than_allowed(tmp_path: Path) -> None:
    """Seen by a process of its own: what another test started would count too."""
    path = makers.written(tmp_path, bombs.nested_flate())
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from spplus_app.adapters.documents import apart\n"
        # Behind walls, a reader is no child of this process: it would count for nothing.
        "apart.isolation = lambda: apart.Isolation.LIMITS\n"
        "print(apart.said('pdf', Path(sys.argv[1]), (), apart.Bounds()))\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = run([sys.executable, "-c", script, path], cwd=ROOT, capture_output=True, check=True)
    told, most = done.stdout.split()
    assert told == b"None"
    assert 200 * 2**20 < int(most) * 1024 <= MEMORY_MAX, "it was killed for another reason"


async def test_others_go_on_while_an_attack_is_read(tmp_path: Path) -> None:
    path = makers.written(tmp_path, bombs.many_forms())
    attack = asyncio.create_task(asyncio.to_thread(read, path, "a.pdf"))
    turns = 0
    while not attack.done():
        await asyncio.sleep(0.01)
        turns += 1
    with pytest.raises(Invalid) as refused:
        await attack
    assert refused.value.errors == {"document": SENTENCES[Refusal.UNREADABLE]}
    assert turns > 10


def test_the_image_of_a_bomb_is_refused_too(tmp_path: Path) -> None:
    for content in (bombs.many_forms(), bombs.cyclic_pages()):
        path = makers.written(tmp_path, content)
        with pytest.raises(Invalid):
            page_image(path, "a.pdf", 0, 4000)


def test_a_page_of_any_shape_has_an_image_of_bounded_size(tmp_path: Path) -> None:
    for box in ((14_400, 14_400), (1, 14_400), (14_400, 1)):
        content = pdf_maker.pdf([pdf_maker.stream(b"")], box=box)
        path = makers.written(tmp_path, content)
        assert page_image(path, "a.pdf", 0, 100_000).startswith(b"\x89PNG")


def test_links_of_a_pdf_are_not_read(tmp_path: Path) -> None:
    link = b"/Annots[<</Subtype/Link/Rect[0 0 600 800]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>]"
    content = pdf_maker.pdf([pdf_maker.stream(pdf_maker.drawn(["Bonjour"]))], page=link)
    assert reads.of(tmp_path, "a.pdf", content).text == "Bonjour"
