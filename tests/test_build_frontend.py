"""The build of the site: made again when a page could change, and blind to every secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import build_frontend, same_origin
from tests import dsfr_package

SECRETS = ("DATABASE_URL", "SECRET_KEY", "SMTP_URL", "REDIS_URL", "SOMETHING_ELSE")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("spplus_app/pages/home.py", "spplus_app/cli.py", "assets/a.css", "rxconfig.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", ["spplus_app/pages/home.py", "assets/a.css", "rxconfig.py"])
def test_a_changed_source_is_built_again(tree: Path, name: str) -> None:
    before = build_frontend.fingerprint(tree)
    assert build_frontend.fingerprint(tree) == before
    (tree / name).write_text("changed")
    assert build_frontend.fingerprint(tree) != before


def test_a_new_or_removed_source_is_built_again(tree: Path) -> None:
    before = build_frontend.fingerprint(tree)
    (tree / "assets" / "new.js").write_text("")
    added = build_frontend.fingerprint(tree)
    (tree / "assets" / "a.css").unlink()
    assert len({before, added, build_frontend.fingerprint(tree)}) == 3


def test_what_no_page_is_made_from_costs_no_build(tree: Path) -> None:
    before = build_frontend.fingerprint(tree)
    (tree / "spplus_app" / "cli.py").write_text("changed")
    (tree / "spplus_app" / "__pycache__").mkdir()
    (tree / "spplus_app" / "__pycache__" / "home.pyc").write_bytes(b"")
    (tree / "README.md").write_text("changed")
    assert build_frontend.fingerprint(tree) == before


def test_neither_the_address_nor_a_secret_counts(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build_frontend.fingerprint(tree)
    monkeypatch.setenv("PUBLIC_URL", "https://one.example")
    monkeypatch.setenv("SECRET_KEY", "changed")
    assert build_frontend.fingerprint(tree) == before
    monkeypatch.setenv("OFFICIAL", "true")
    assert build_frontend.fingerprint(tree) != before


def test_another_official_package_is_built_again(tree: Path, tmp_path: Path) -> None:
    package = dsfr_package.make(tmp_path / "package")
    before = build_frontend.fingerprint(tree, package)
    assert build_frontend.fingerprint(tree, package) == before
    (package / "dsfr.min.css").write_text("body{}")
    assert before not in {
        build_frontend.fingerprint(tree, package),
        build_frontend.fingerprint(tree),
    }


def test_a_wrong_theme_stops_the_build_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.build_frontend"],
        cwd=build_frontend.ROOT,
        env={**os.environ, "THEME": "dsfr", "DSFR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("Réglage DSFR_DIR\u00a0: il manque dsfr.min.css")
    assert done.stderr.count("\n") == 1


def test_whoever_answers_for_the_site_is_built_in(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each setting that a page reads while it is built is passed on, and makes a new build.
    for name in (
        "OPERATOR_NAME",
        "OPERATOR_ADDRESS",
        "PUBLICATION_DIRECTOR",
        "HOSTING",
        "CONTACT_EMAIL",
        "CONTACT_ADDRESS",
        "PRIVACY_CONTACT",
    ):
        before = build_frontend.fingerprint(tree)
        monkeypatch.setenv(name, "changed")
        assert build_frontend.fingerprint(tree) != before
        assert build_frontend.environment(tree)[name] == "changed"


def test_the_built_site_speaks_to_where_it_came_from() -> None:
    built = (
        "var e={PING:`http://localhost:3000/ping`,EVENT:`ws://localhost:3000/_event`,T:`websocket`}"
    )
    assert same_origin.rewrite(built) == (
        'var e={PING:location.origin+"/ping",'
        'EVENT:location.origin.replace("http","ws")+"/_event",T:`websocket`}'
    )


def test_the_build_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "canary-of-the-build")
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(dict(os.environ))"],
        env=build_frontend.environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "canary-of-the-build" not in done.stdout
    assert str(tmp_path / "empty.sqlite3") in done.stdout
    assert build_frontend.environment(tmp_path)["PATH"].split(os.pathsep)[0] == str(
        Path(sys.executable).parent
    )
