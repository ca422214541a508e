"""Files read: how long a reader takes, beside bare pypdfium2 in the same run, and its memory.

Nothing here fails because a machine is slow, nor because a target is missed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from spplus_app.adapters.documents import apart
from spplus_app.adapters.documents.apart import Isolation
from spplus_app.adapters.documents.reading import isolation, page_image, read
from spplus_app.domain.documents.canonical import Canonical, canonical
from spplus_app.domain.documents.layout import laid_out
from spplus_app.domain.documents.reading import Positioned
from tests.adapters.documents import bombs, makers, pdf_maker
from tests.benchmarks import figures
from tests.benchmarks.timing import at, number

ROOT = Path(__file__).parents[2]
ROUNDS = 7
BARE_APART = "bare pypdfium2, text only, in a process of its own"
READER = "our reader: words and boxes, in a process apart, checked"
READABLE = "the document readable: that, laid out, its sentences found"
PAGES = 60
BARE = (
    "import sys, pypdfium2\n"
    "pdf = pypdfium2.PdfDocument(sys.argv[1])\n"
    "print(sum(len(page.get_textpage().get_text_range()) for page in pdf))"
)
MEMORY = (
    "import resource, sys; from pathlib import Path\n"
    "from spplus_app.adapters.documents import apart\n"
    "apart.isolation = lambda: apart.Isolation.LIMITS\n"
    "apart.said(sys.argv[1], Path(sys.argv[2]), (), apart.Bounds(starts=True))\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def bare(path: Path) -> int:
    """The characters that pypdfium2 finds, without any place."""
    pdf = pypdfium2.PdfDocument(path)
    return sum(len(page.get_textpage().get_text_range()) for page in pdf)


def bare_boxes(path: Path) -> int:
    """The same, with the place of each character, as pypdfium2 gives it."""
    count = 0
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        text.get_text_range()
        count += len([text.get_charbox(at) for at in range(text.count_chars())])
    return count


def bare_apart(path: Path) -> bytes:
    """The first, in a process of its own."""
    command = [sys.executable, "-c", BARE, str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def readable(path: Path) -> Canonical:
    """A document as it is shown: read, laid out, its sentences found."""
    given = read(path, "a.pdf")
    assert isinstance(given, Positioned)
    return canonical(laid_out(given))


def memory(reader: str, path: Path) -> str:
    """The most memory of a reader, in megabytes: of a process that started only this one."""
    command = [sys.executable, "-c", MEMORY, reader, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return f"{int(done.stdout) / 1024:.0f}"


def processor() -> float:
    """Seconds of processor that this process has taken, with those it started and that ended."""
    every = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in every)


def timed(
    calls: dict[str, Callable[[], object]], patch: pytest.MonkeyPatch
) -> dict[str, tuple[list[float], list[float]]]:
    """Milliseconds on the wall, and of processor, of each call, the calls in turn.

    On the wall readers are held as they are in service. What they take of processor is seen
    without walls: behind them, a reader is the child of another.
    """
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            begun = time.perf_counter()
            call()
            found[name][0].append((time.perf_counter() - begun) * 1000)
            with patch.context() as one:
                one.setattr(apart, "isolation", lambda: Isolation.LIMITS)
                taken = processor()
                call()
                found[name][1].append((processor() - taken) * 1000)
    return found


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file of this name."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.bench
@pytest.mark.samples
def bench_readers(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write how long readers take, and how much memory."""
    path = written(tmp_path, "a.pdf", pdf_maker.letter(PAGES))
    page = written(tmp_path, "p.pdf", pdf_maker.letter())
    photo = samples / "documents/cerfa_12485_03_rempli_synthetique.jpg"
    text = readable(path).text
    found = timed(
        {
            "bare pypdfium2, text only, in the same process": lambda: bare(path),
            "bare pypdfium2, text and the box of each character": lambda: bare_boxes(path),
            BARE_APART: lambda: bare_apart(path),
            READER: lambda: read(path, "a.pdf"),
            READABLE: lambda: readable(path),
            "one page: bare pypdfium2, in a process of its own": lambda: bare_apart(page),
            "one page: our reader": lambda: read(page, "a.pdf"),
            "the image of a page, 1 240 points wide": lambda: page_image(path, "a.pdf", 30),
            "a photo of one page, read by Tesseract": lambda: read(photo, photo.name),
        },
        monkeypatch,
    )
    rows = [
        [name, *(number(at(times, share)) for times in both for share in (0, 0.5))]
        for name, both in found.items()
    ]
    held = {
        "the PDF of 60 pages": ("pdf", path),
        "the photo": ("photo", photo),
        "nested Flate (killed)": ("pdf", written(tmp_path, "b.pdf", bombs.nested_flate())),
        "three million paragraphs": ("docx", written(tmp_path, "c", bombs.many_paragraphs())),
        "a letter in DOCX": ("docx", written(tmp_path, "d", makers.word())),
    }
    tables = {
        f"A PDF of {PAGES} pages of text ({len(text):,} characters) and a photo of "
        "12 million points. Targets: readable in 1.2 s at most and 1.5 times bare pypdfium2 at "
        "most, a photo in 8 s at most.": figures.table(
            ["", "ms on the wall: least", "median", "ms of processor: least", "median"], rows
        ),
        "The most memory of a reader. Target: 512 MB at most.": figures.table(
            ["file", "MB"], [[name, memory(*one)] for name, one in held.items()]
        ),
    }
    least = {name: [at(times, 0) for times in both] for name, both in found.items()}
    ratios = {
        name: " and ".join(
            f"{ours / bare:.1f}" for ours, bare in zip(least[name], least[BARE_APART], strict=True)
        )
        for name in (READER, READABLE)
    }
    figures.publish(
        "Documents read",
        tables,
        [
            "Beside bare pypdfium2 in a process of its own (least on the wall, then of processor): "
            f"the reader {ratios[READER]} times, the document readable {ratios[READABLE]} times.",
            f"Readers are held by {isolation().value}, {apart.Bounds().wall:.0f} s at most.",
        ],
    )
