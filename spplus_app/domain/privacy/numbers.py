"""Numbers that stand for somebody: told by the words around, then by their own shape.

A number of thirteen digits may be of social security, of taxes or of a file: the words nearest
decide, the way it is cut in groups comes next, what its digits may mean last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.fr import nir

from .kinds import Finding, Kind
from .labels import ANNOUNCED, JOINT, LABEL, SENTENCE, UNITS
from .reading import Reading

_CUT = "[ ./-]{0,3}"
_CANDIDATE = re.compile(
    r"(?<![\w@+])(?<!\d[ ./-])(?:"
    rf"[12378]{_CUT}\d\d{_CUT}\d\d{_CUT}(?:\d\d|2[ABab]){_CUT}\d{{3}}{_CUT}\d{{3}}"
    r"(?:[ ]?[./-]?[ ]?\d{2})?"
    r"|\d{1,4}(?:[ .]\d{2,4}){2,5}[A-Za-z]?"
    r"|(?=[A-Za-z]{0,4}[./_-]?[A-Za-z]{0,4}[./_-]?\d)[A-Za-z0-9]{1,20}(?:[./_-][A-Za-z0-9]{1,12}){0,4}"
    r")(?!\w|[.,/-]\d|@)"
)
_NIR = re.compile(r"[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?")
_LIKELY = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[1-8]\d|9[0-57-9]|2[AB])\d{6}(?:\d\d)?")
_NIR_CUT = re.compile(r"\d\W+\d\d\W+\d\d\W+\w\w\W+\d{3}\W+\d{3}(?:\W+\d\d)?")
_TAX_CUT = re.compile(
    r"\d{2}\W\d{2}\W\d{3}\W\d{3}\W\d{3}|\d(?:\W\d{3}){4}|\d{3}\W\d{3}\W\d{3}\W\d{4}"
)
_NEVER = re.compile(
    r"(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}(?:[. ]?[A-Za-z]+)?"
    r"|\d{1,2}/(?:19|20)\d\d|\d{1,2}[ ]?[hH]\d{0,2}|(?:19|20)\d\d[-/]\d\d[-/]\d\d"
    r"|[A-Za-z]+[./-](?:19|20)\d\d|[A-Za-z]*covid.*"
)
_LAW = re.compile(r"(?:19|20)?\d\d-\d{1,4}")
_NINE = re.compile(r"\d{3} \d{3} \d{3}")
_PHONE = re.compile(r"(?:0|0033|33)[1-9]\d{8}")
_PLATE = re.compile(r"[A-Z]{2}\d{3}[A-Z]{2}|\d{2,4}[A-Z]{2,3}(?:\d{2,3}|2[AB])")
_PAIR = re.compile(r"\d\d+")
_PREFIX, _LONGEST = 10, 80
_BEFORE, _AFTER = 75, 45
_REASONS = {
    Kind.TAX: "Cela ressemble à votre numéro fiscal.",
    Kind.FILE: "Cela ressemble à un numéro de dossier ou d’usager.",
    Kind.NIR: "Cela ressemble à un numéro de sécurité sociale.",
}
_FALSE_KEY = "Cela ressemble à un numéro de sécurité sociale, dont la clé serait fausse."


@dataclass(frozen=True, slots=True)
class Around:
    """The labels of a number: the kinds told before it, the last one first, and after it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    joined: bool
    """Whether the last label before comes just before."""
    counted: bool
    """Whether it is « n° », « numéro », « référence »."""

    def nearest(self, *kinds: str) -> str:
        """Which of these kinds is told nearest, before first; empty when none is."""
        return next((one for one in (*self.before, *self.after) if one in kinds), "")


def _around(reading: Reading, start: int, end: int) -> Around:
    left = reading.before(start, _BEFORE)
    told = ANNOUNCED.search(left)
    cut = left[: told.start()] if told else left
    ends = [one.end() for one in SENTENCE.finditer(cut)]
    left = left[ends[-1] :] if ends else left
    right = reading.after(end, _AFTER)
    stop = SENTENCE.search(right)
    right = right[: stop.start()] if stop else right
    seen = list(LABEL.finditer(left))
    joined = bool(seen) and JOINT.fullmatch(left, seen[-1].end()) is not None
    kinds = tuple(str(one.lastgroup) for one in reversed(seen))
    after = tuple(str(one.lastgroup) for one in LABEL.finditer(right))
    near = any(one.lastgroup == "number" and len(left) - one.end() < 30 for one in seen)
    return Around(kinds, after, joined, near)


def told_numbers(reading: Reading) -> Iterator[Finding]:
    """Yield numbers of taxes, of social security and of files that words or their shape tell."""
    if reading.digits < 4:
        return
    for match in _candidates(reading.text):
        value = match.group()
        start, end = match.span()
        digits = sum(map(str.isdigit, value))
        if digits < 4 or _NEVER.fullmatch(value) or UNITS.match(reading.after(end, 12)):
            continue
        around = _around(reading, start, end)
        kind = _kind(value, digits, around)
        if kind is not None:
            yield Finding(start, end, kind, _reason(kind, value, around))


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be such a number: looked for around two digits only, to cost little."""
    done = 0
    while (pair := _PAIR.search(text, done)) is not None:
        limit = pair.end() + _LONGEST
        match = _CANDIDATE.search(text, max(done, pair.start() - _PREFIX), limit)
        while match is not None and match.end() <= pair.start():
            match = _CANDIDATE.search(text, match.end(), limit)
        done = pair.end()
        if match is not None and match.start() <= pair.start() and match.end() < limit:
            yield match
            done = match.end()


def _kind(value: str, digits: int, around: Around) -> Kind | None:
    compact = re.sub(r"\W", "", value).upper()
    if _NIR_CUT.fullmatch(value) and _NIR.fullmatch(compact):
        return Kind.NIR
    if len(compact) == 13 and compact.isdigit():
        return _thirteen(value, compact, around)
    if len(compact) in (13, 15) and _NIR.fullmatch(compact):
        return _social(compact, around)
    return _other(value, compact, digits, around)


def _thirteen(value: str, compact: str, around: Around) -> Kind | None:
    """Return what thirteen digits are."""
    if compact[:2] == "00":
        return None
    told = around.nearest("tax", "nir", "file", "never")
    if _TAX_CUT.fullmatch(value) and compact[0] in "0123" and told != "nir":
        return Kind.TAX
    if told == "never":
        return None
    nearest = around.nearest("tax", "nir")
    if nearest == "tax":
        return Kind.TAX
    if _LIKELY.fullmatch(compact) or (nearest == "nir" and _NIR.fullmatch(compact)):
        return Kind.NIR
    if told == "file" and (around.joined or compact[0] not in "0123"):
        return Kind.FILE
    return Kind.TAX if compact[0] in "0123" else None


def _social(compact: str, around: Around) -> Kind | None:
    told = around.nearest("nir", "file", "tax")
    if told == "nir" or _valid(compact) or _LIKELY.fullmatch(compact):
        return Kind.NIR
    if told == "file" and around.joined:
        return Kind.FILE
    return Kind.NIR if compact[0] in "12" else None


def _other(value: str, compact: str, digits: int, around: Around) -> Kind | None:
    """Return what any other number is: of a file, of an account of taxes, or nothing personal."""
    nearest = around.before[0] if around.before else ""
    phone = _PHONE.fullmatch(compact) is not None
    if nearest == "never" or (phone and (nearest != "file" or not around.joined)):
        return None
    if _PLATE.fullmatch(compact) or (compact[:2] == "08" and len(compact) == 10):
        return None
    if nearest == "number" and (_LAW.fullmatch(value) or "never" in around.before[:2]):
        return None
    told = around.nearest("tax", "file")
    if around.joined and nearest == "tax" and (around.counted or digits >= 7):
        return Kind.TAX
    if around.joined and nearest in {"file", "number"}:
        spaced = " " in value
        enough = 4 if around.counted and told else 5 if told else 6
        if digits >= enough and not (spaced and digits < 6):
            return Kind.FILE
    compacted = " " not in value and "." not in value
    if told and compacted and digits >= 6:
        return Kind.FILE
    if told and digits >= 7 and (around.counted or _NINE.fullmatch(value)):
        return Kind.FILE
    return None


def _valid(compact: str) -> bool:
    try:
        nir.validate(compact)
    except ValidationError:
        return False
    return True


def _reason(kind: Kind, value: str, around: Around) -> str:
    if kind is Kind.NIR and "nir" not in around.before:
        compact = re.sub(r"\W", "", value).upper()
        if len(compact) == 15 and not _valid(compact):
            return _FALSE_KEY
    return _REASONS[kind]
