"""Put the operator's copy of the official design system beside the built site (`THEME=dsfr`).

Nothing of it enters the project: the files are taken from the operator's own folder into the build,
under `/dsfr/`. With them goes one stylesheet of ours, `complements.css`: what binds our tokens to
theirs, written by hand, then the rules of `spplus.css` for the classes that the official system
does not have, so that those are written once.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

BRIDGE = Path(__file__).with_name("dsfr_bridge.css")
TAKEN = ("dsfr.min.css", "utility/utility.min.css", "fonts", "icons", "favicon", "artwork")
PUBLIC = frozenset({".css", ".woff2", ".woff", ".svg", ".png", ".ico", ".webmanifest"})

# Classes with the prefix of the field that are ours all the same.
_OURS = re.compile(
    r"\.(?!fr-)[a-z]|spplus-|^mark\b|^progress\b|^\[hidden\]"
    r"|\.fr-(?:combobox|header__plus|counter|btn--danger|badge--(?:positif|negatif)|btns-group--sticky)"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SCALE = re.compile(r"^--(?:step|space|radius|pill|white|measure|target|control|gutter)")


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Cut a stylesheet into pairs (what stands before the brace, what stands inside)."""
    start = depth = inside = 0
    for at, character in enumerate(css):
        if character == "{":
            depth += 1
            inside = at + 1 if depth == 1 else inside
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start : inside - 1].strip(), css[inside:at].strip()
                start = at + 1


def _selectors(prelude: str) -> list[str]:
    """Cut a list of selectors at its commas, those inside brackets left alone."""
    parts, depth = [""], 0
    for character in prelude:
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _scale(declarations: str) -> str:
    """The sizes and spaces of our scale; colours and typeface are the official ones."""
    kept = [part.strip() for part in declarations.split(";") if _SCALE.match(part.strip())]
    return "; ".join(kept)


def own_rules(css: str) -> str:
    """The rules of our stylesheet that the official one cannot have."""
    lines = []
    for prelude, content in _blocks(_COMMENT.sub("", css)):
        if prelude.startswith("@keyframes"):
            lines.append(f"{prelude} {{ {content} }}")
        elif prelude.startswith(("@media", "@supports")):
            nested = own_rules(content)
            lines += [f"{prelude} {{\n{nested}\n}}"] if nested else []
        elif prelude == ":root":
            scale = _scale(content)
            lines += [f":root {{ {scale} }}"] if scale else []
        elif not prelude.startswith("@"):
            ours = [one for one in _selectors(prelude) if _OURS.search(one)]
            lines += [f"{', '.join(ours)} {{ {content} }}"] if ours else []
    return "\n".join(lines)


def complements(assets: Path) -> str:
    """The whole of `complements.css`."""
    ours = own_rules((assets / "spplus.css").read_text(encoding="utf-8"))
    return ours + "\n" + BRIDGE.read_text(encoding="utf-8")


def _compress(path: Path) -> None:
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9))


def apply(package: Path, assets: Path, client: Path) -> int:
    """Copy what pages need of the official package into the build; return how many files."""
    target = client / "dsfr"
    shutil.rmtree(target, ignore_errors=True)
    taken = 0
    for name in TAKEN:
        source = package / name
        files = [source] if source.is_file() else sorted(source.rglob("*"))
        for path in files:
            if path.is_file() and path.suffix in PUBLIC:
                copy = target / path.relative_to(package)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                taken += 1
    (target / "complements.css").write_text(complements(assets), encoding="utf-8")
    for sheet in target.rglob("*.css"):
        _compress(sheet)
    return taken


def stamp(package: Path) -> Iterator[str]:
    """What tells one state of the operator's folder from another."""
    for name in TAKEN:
        source = package / name
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file():
                seen = path.stat()
                yield f"{path.relative_to(package)}\0{seen.st_size}\0{seen.st_mtime_ns}"
