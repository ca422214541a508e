"""What a letter says of the person it was sent to: proposed as masks, decided by people.

Beside what any text may hold (`domain.privacy`), a letter has its own places: the window of the
address, the references, the fields of a form, what is repeated at the top of each page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from spplus_app.domain.privacy import Kind, find
from spplus_app.domain.privacy.wording import typed

from .canonical import Canonical, Placed
from .masks import Area, AreaKind, Mask
from .reading import BlockKind, Line, Reading, around

WINDOW_LINES = 7
"""Most lines of an address, from the name to the post code."""
WINDOW_WORDS = 8
"""Most words of a line of an address."""

_POST_CODE = re.compile(r"(?:F-)?\d{2}[ \u00a0]?\d{3}[ \u00a0]+[A-ZÀ-Ý][\wÀ-ÿ’' -]*")
_OFFICE = re.compile(
    typed(
        "caf, cpam, msa, carsat, cnav, caisse, mairie, préfecture, sous-préfecture, direction, "
        "ddfip, drfip, dgfip, sip, centre des finances, finances publiques, trésorerie, tribunal, "
        "agence, service(s), ministère, france travail, pôle emploi, urssaf, mdph, département, "
        "conseil, académie, rectorat, université, hôpital, cedex, république française, rsi, "
        "assurance maladie, allocations familiales, régie, office, métropole, communauté, crous"
    )
)
_POST_BOX = re.compile(r"\b(?:CS|TSA|BP)[ \u00a0]?\d{2,6}\b")
_CIVILITY = re.compile(r"(?i:madame|monsieur|mademoiselle|mme|mlle|mr?|m\.)(?![\wÀ-ÿ])")
_NAME = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?(?:[ \u00a0][A-ZÀ-Ý][A-ZÀ-Ý’'-]+){1,3}"
)
"""A first name, then a surname in capitals, as windows of envelopes have them."""
_LETTER_END = re.compile(r"[.;!?:]$")
_REFERENCE = re.compile(
    r"(?<![\wÀ-ÿ])(?:(?i:n|v|nos|vos|votre|notre)[ /.]*(?i:r[ée]f)(?i:[ée]rences?|s)?\.?"
    r"|(?i:r[ée]f)(?i:[ée]rences?(?:[ ]à[ ]rappeler)?|s)?\.?"
    r"|(?i:num[ée]ro|n°|code)[ \u00a0](?i:de[ ]|d[’'])?(?i:dossier|allocataire|adhérent|client|"
    r"usager|bénéficiaire|assuré|contrat|affaire|identification|accès|demandeur|matricule|avis)"
    r"|(?i:identifiant|matricule)(?:[ \u00a0]\w+)?)"
    r"[ \u00a0]*:[ \u00a0]*(?P<value>\S[^\n]*)"
)
_FOLLOWED_BY = re.compile(
    r"(?i:(?:affaire|dossier)[ ]suivie?[ ]par|votre[ ](?:interlocut(?:eur|rice)|contact|"
    r"conseill(?:er|ère)|gestionnaire)|contact)[ \u00a0]*:[ \u00a0]*(?P<value>\S[^\n]*)"
)
_FIELD = re.compile(r"(?P<label>[^:\n]{2,60}?)[ \u00a0]*:[ \u00a0]*(?P<value>\S[^\n]*)")
_FIELDS: tuple[tuple[Kind, str], ...] = (
    (Kind.PERSON, "nom(s), prénom(s), nom de naissance, nom d’usage, nom et prénom, signataire"),
    (Kind.PERSON, "nom de famille, patronyme, nom et prénoms, nom prénom, prénom nom"),
    (Kind.ADDRESS, "adresse, adresse postale, domicile, code postal, rue, voie, adresse complète"),
    (Kind.BIRTH, "né(e)(s) le, date de naissance, lieu de naissance, commune de naissance"),
    (Kind.EMAIL, "courriel, mél, mail, e-mail, email, adresse électronique, adresse e-mail"),
    (Kind.PHONE, "téléphone, tél, tél., portable, mobile, fax, télécopie, numéro de téléphone"),
    (Kind.TAX, "numéro fiscal, n° fiscal, référence de l’avis, spi, numéro fiscal de référence"),
    (Kind.NIR, "numéro de sécurité sociale, n° de sécurité sociale, nir, sécurité sociale"),
    (Kind.IBAN, "iban, bic, rib, compte, compte bancaire"),
    (Kind.PLATE, "immatriculation, plaque, numéro d’immatriculation"),
)
_LABELS = tuple((re.compile(typed(words)), kind) for kind, words in _FIELDS)


def proposed(document: Canonical) -> list[Mask]:
    """Return what looks personal in a document's text, each within a block, in no order.

    `masks.settled` puts them in order.
    """
    text = document.text
    windows = list(_windows(document))
    offices = [(lines[0].start, lines[-1].end) for lines, office in windows if office]
    found = [
        Mask(one.start, one.end, one.kind)
        for one in find(text)
        if one.kind is not Kind.ADDRESS
        or not any(start <= one.start and one.end <= end for start, end in offices)
    ]
    found += [
        Mask(match.start("value"), match.end("value"), kind)
        for pattern, kind in ((_REFERENCE, Kind.FILE), (_FOLLOWED_BY, Kind.PERSON))
        for match in pattern.finditer(text)
    ]
    found += _fields(document)
    found += _labelled_cells(document)
    found += [mask for lines, office in windows if not office for mask in _of_persons(lines)]
    return [part for mask in found for part in _by_block(document, mask)]


def _by_block(document: Canonical, mask: Mask) -> Iterator[Mask]:
    """Give a mask cut where blocks end: what parts two blocks is nobody's."""
    blocks = document.blocks
    at = bisect_right(blocks, mask.start, key=lambda placed: placed.end)
    while at < len(blocks) and blocks[at].start < mask.end:
        placed = blocks[at]
        yield Mask(max(mask.start, placed.start), min(mask.end, placed.end), mask.kind)
        at += 1


def _kind_of(label: str) -> Kind | None:
    """Return what a field of this label tells of somebody."""
    said = label.strip(" \u00a0*()")
    return next((kind for pattern, kind in _LABELS if pattern.fullmatch(said)), None)


def _fields(document: Canonical) -> Iterator[Mask]:
    for placed in document.blocks:
        if placed.block.kind in {BlockKind.FIELD, BlockKind.CELL, BlockKind.PARAGRAPH}:
            match = _FIELD.fullmatch(placed.block.text)
            kind = _kind_of(match["label"]) if match else None
            if match and kind:
                yield Mask(placed.start + match.start("value"), placed.end, kind)


def _labelled_cells(document: Canonical) -> Iterator[Mask]:
    """Give the cells whose left neighbour tells that they hold something of somebody."""
    for one, other in pairwise(document.blocks):
        cells = one.block.kind is other.block.kind is BlockKind.CELL
        if cells and (one.block.table, one.block.row) == (other.block.table, other.block.row):
            kind = _kind_of(one.block.text.rstrip(" \u00a0:"))
            if kind is not None:
                yield Mask(other.start, other.end, kind)


def _windows(document: Canonical) -> Iterator[tuple[list[Placed], bool]]:
    """Give each address (a post code, the short lines above it), and whether an office has it.

    A line that names a person begins theirs, whatever stands above: the sender's office often does.
    """
    blocks = document.blocks
    for at, placed in enumerate(blocks):
        if not _POST_CODE.fullmatch(placed.block.text):
            continue
        first = at
        while (
            first > 0
            and at - first < WINDOW_LINES - 1
            and _is_line(blocks[first - 1])
            and not _names_somebody(blocks[first].block.text)
        ):
            first -= 1
        lines = list(blocks[first : at + 1])
        office = not _names_somebody(lines[0].block.text) and any(
            _is_of_office(line.block.text) for line in lines
        )
        yield lines, office


def _names_somebody(text: str) -> bool:
    """Whether a line of an address is the name of a person."""
    if _is_of_office(text):
        return False
    if _CIVILITY.match(text) or _NAME.fullmatch(text):
        return True
    return any(one.kind is Kind.PERSON for one in find(text))


def _of_persons(lines: list[Placed]) -> Iterator[Mask]:
    for number, line in enumerate(lines):
        kind = Kind.PERSON if number == 0 and len(lines) > 1 else Kind.ADDRESS
        yield Mask(line.start, line.end, kind)


def _is_line(placed: Placed) -> bool:
    text = placed.block.text
    return (
        placed.block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and len(text.split()) <= WINDOW_WORDS
        and not _LETTER_END.search(text)
        and not _POST_CODE.fullmatch(text)
    )


def _is_of_office(text: str) -> bool:
    if _POST_BOX.search(text):
        return True
    return any(_OFFICE.fullmatch(words) for words in _runs(text))


def _runs(text: str) -> Iterator[str]:
    """Give each run of one to three words of a line."""
    words = re.findall(r"[\wÀ-ÿ-]+", text)
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])


def running_areas(reading: Reading) -> list[Area]:
    """Return the lines set apart (headers, footers) that hold something personal, as areas."""
    return [
        Area(line.page, around(word.box for word in line.words), AreaKind.RUNNING)
        for line in reading.running
        if _tells(line)
    ]


def _tells(line: Line) -> bool:
    text = line.text
    return bool(find(text) or _REFERENCE.search(text) or _FOLLOWED_BY.search(text))
