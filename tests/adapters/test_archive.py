"""Archives as an enemy writes them: none is unpacked, and nothing is written outside."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spplus_app.adapters.archive import ArchiveWriter, manifest_of, unpack
from spplus_app.domain.backups import BackupRefused, Manifest, digest

DATABASE = "database.sqlite3"


def listed(**members: bytes) -> dict[str, Any]:
    """A manifest of these members."""
    told = {name: {"size": len(data), "sha256": digest(data)} for name, data in members.items()}
    return {
        "format": 1,
        "version": "0",
        "made_at": "2026-11-25T02:10:00+00:00",
        "database": "sqlite",
        "revision": "0001",
        "key_print": "0" * 16,
        "counts": {"person": 1},
        "members": told,
        "seal": "",
    }


def header(name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.type = len(data), kind
    return made


def written(path: Path, manifest: object, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """An archive of these members, then of this manifest."""
    with tarfile.open(path, "w") as tar:
        for one, data in members:
            tar.addfile(one, io.BytesIO(data))
        if manifest is not None:
            text = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
            tar.addfile(header("manifest.json", text), io.BytesIO(text))
    return path


def good(path: Path) -> Path:
    return written(path, listed(**{DATABASE: b"db"}), (header(DATABASE, b"db"), b"db"))


def refused(path: Path, folder: Path) -> str:
    """Unpacking is refused and leaves nothing outside its folder; return the sentence."""
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(BackupRefused) as raised:
        unpack(path, folder)
    outside = [one for one in folder.parent.rglob("*") if not one.is_relative_to(folder)]
    assert sorted(outside) == [one for one in before if not one.is_relative_to(folder)]
    assert "\x1b" not in raised.value.message
    return raised.value.message.replace("\u00a0", " ")


def test_an_archive_of_ours_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    writer = ArchiveWriter(path)
    content = {DATABASE: b"d" * 3_000_000, "files/mail/é è.eml": b"", "files/" + "n" * 200: b"x"}
    for name, data in content.items():
        writer.add(name, io.BytesIO(data), len(data))
    manifest = Manifest.model_validate(listed()).model_copy(update={"members": writer.members})
    writer.finish(manifest)
    assert manifest_of(path) == manifest == unpack(path, tmp_path / "out")
    assert {n: (tmp_path / "out" / n).read_bytes() for n in content} == content
    modes = {one.stat().st_mode & 0o777 for one in (tmp_path / "out").rglob("*") if one.is_file()}
    assert modes == {0o600} and path.stat().st_mode & 0o777 == 0o600


NAMES = [
    "../evil", "files/../../evil", "files/./x", "/etc/evil", "files//x", "files/", "files",
    "files/a\\b", "files/a\nb", "files/\x1b[2J", "evil", "files/secret_key", "files/run.lock",
    "files/restore-plan.json", "files/set-aside/x", "files/.spplus-x/y", "database.dump",
    "files/" + "a/" * 600 + "x", "files/" + "a" * 256,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    members = {DATABASE: b"db", name: b"x"}
    path = tmp_path / "a.tar"
    written(path, listed(**members), *((header(n, d), d) for n, d in members.items()))
    assert "nom interdit" in refused(path, tmp_path / "out")


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE,
     tarfile.DIRTYPE, tarfile.CONTTYPE, b"Z"],
)  # fmt: skip
def test_anything_but_a_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    odd = header("files/x", b"", kind)
    odd.linkname = "/etc/passwd"
    content = {DATABASE: b"db", "files/x": b""}
    path = tmp_path / "a.tar"
    written(path, listed(**content), (header(DATABASE, b"db"), b"db"), (odd, b""))
    assert "autre chose qu’un fichier" in refused(path, tmp_path / "out")


def test_a_file_with_holes_is_refused(tmp_path: Path) -> None:
    sparse = header("files/x", b"x")
    sparse.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "99999999999"}
    content = {DATABASE: b"db", "files/x": b"x"}
    path = tmp_path / "a.tar"
    written(path, listed(**content), (header(DATABASE, b"db"), b"db"), (sparse, b"x"))
    assert "autre chose qu’un fichier" in refused(path, tmp_path / "out")


Change = Callable[[dict[str, Any], list[tuple[tarfile.TarInfo, bytes]]], object]


def extra(_manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.append((header("files/y", b"y"), b"y"))


def twice(_manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.append(members[0])


def missing(_manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.pop()


def longer(_manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[1] = (header("files/x", b"x" * 9), b"x" * 9)


def altered(_manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[1] = (header("files/x", b"z"), b"z")


def bodiless(manifest: dict[str, Any], members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    manifest["members"].pop(DATABASE)
    members.pop(0)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (extra, "de trop"),
        (twice, "deux fois"),
        (missing, "Il manque"),
        (longer, "n’a pas sa taille"),
        (altered, "altéré"),
        (bodiless, "pas de base"),
    ],
)
def test_members_must_be_those_of_the_manifest(tmp_path: Path, change: Change, why: str) -> None:
    manifest = listed(**{DATABASE: b"db", "files/x": b"x"})
    members = [(header(DATABASE, b"db"), b"db"), (header("files/x", b"x"), b"x")]
    change(manifest, members)
    assert why in refused(written(tmp_path / "a.tar", manifest, *members), tmp_path / "out")


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff", {},
        listed() | {"format": 2}, listed() | {"more": 1}, listed() | {"counts": {"a": "1"}},
        listed() | {"members": {DATABASE: {"size": -1, "sha256": "0" * 64}}},
        listed() | {"members": {DATABASE: {"size": 1, "sha256": "nope"}}},
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: object) -> None:
    path = written(tmp_path / "a.tar", manifest, (header(DATABASE, b"d"), b"d"))
    assert "inventaire" in refused(path, tmp_path / "out")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = good(tmp_path / "a.tar")
    whole = path.read_bytes()
    out = tmp_path / "out"
    for content in (b"", b"text", b"\x1f\x8b" + b"\0" * 600, bytes(10_240), b"\xff" * 5_000):
        path.write_bytes(content)
        assert "n’est pas une sauvegarde" in (said := refused(path, out)) or "incomplète" in said
    assert "n’existe pas" in refused(tmp_path / "absent.tar", out)
    assert "ne peut pas être lu" in refused(tmp_path, out)
    for length in range(0, 1_900, 100):  # cut anywhere before the end of the manifest
        path.write_bytes(whole[:length])
        refused(path, out)
        for left in out.rglob("*"):
            left.unlink()


def test_a_size_below_zero_does_not_read_for_ever(tmp_path: Path) -> None:
    path = good(tmp_path / "a.tar")
    raw = bytearray(path.read_bytes())
    raw[124:136] = b"\xff" * 11 + b"\x00"  # a size of the base-256 kind, negative
    checksum = sum(raw[:148]) + 8 * 32 + sum(raw[156:512])
    raw[148:156] = f"{checksum:06o}\0 ".encode()
    path.write_bytes(bytes(raw))
    refused(path, tmp_path / "out")


def test_two_archives_never_take_each_other_s_place(tmp_path: Path) -> None:
    ArchiveWriter(tmp_path / "a.tar")
    with pytest.raises(FileExistsError):
        ArchiveWriter(tmp_path / "a.tar")
