"""Folders to prepare in: removed at the end, swept after a kill, never under who works there."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from spplus_app.adapters import places
from spplus_app.domain.backups import STAGING


def test_a_folder_is_its_owner_s_and_goes_at_the_end(tmp_path: Path) -> None:
    with places.staging(tmp_path / "new") as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "x").write_text("x")
    with pytest.raises(RuntimeError), places.staging(tmp_path / "new"):
        raise RuntimeError
    assert not list((tmp_path / "new").iterdir())


def test_what_a_kill_left_is_swept_and_what_is_in_hand_is_not(tmp_path: Path) -> None:
    left, empty, kept = (tmp_path / f"{STAGING}{name}" for name in ("left", "empty", "kept"))
    for folder in (left, empty, kept):
        folder.mkdir()
    (left / "archive").write_text("x")
    places.keep(kept)
    (tmp_path / "other").mkdir()
    with places.staging(tmp_path) as first, places.staging(tmp_path) as second:
        assert {path.name for path in tmp_path.iterdir()} == {
            *(first.name, second.name, kept.name, "other")
        }


def test_many_at_once_each_have_their_own(tmp_path: Path) -> None:
    found: list[bool] = []

    def work() -> None:
        for number in range(20):
            with places.staging(tmp_path) as folder:
                (folder / "mine").write_text(str(number))
                found.append((folder / "mine").read_text() == str(number))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 120 and all(found)
    assert not list(tmp_path.iterdir())
