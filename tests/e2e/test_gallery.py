"""The gallery is a page of the development build, and of no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx

from spplus_app.components.ui.registry import registry
from tests.e2e.site import ROOT, Site, running

PARTS = ("alembic", "assets", "reflex.lock", "scripts", "spplus_app")
FILES = ("pyproject.toml", "requirements.txt", "rxconfig.py")


def copy_of_the_project(folder: Path) -> Path:
    """What a build is made from, apart: building it otherwise leaves the site of others alone."""
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def asked(site: Site) -> httpx.Response:
    """What the site answers to whoever asks for the gallery."""
    return httpx.get(f"{site.url}/galerie", trust_env=False, timeout=20, follow_redirects=True)


def test_the_site_has_no_gallery(site: Site) -> None:
    answer = asked(site)
    assert answer.status_code == 404
    assert "La galerie" not in answer.text


def test_the_development_build_serves_every_component(tmp_path: Path) -> None:
    root, folder = tmp_path / "project", tmp_path / "var"
    root.mkdir()
    folder.mkdir()
    try:
        copied = copy_of_the_project(root)
        with running(folder, demo=False, root=copied, SPPLUS_GALLERY="1") as site:
            answer = asked(site)
    finally:
        shutil.rmtree(root)  # what the build needs takes far more room than a test may keep
    assert answer.status_code == 200
    assert "La galerie" in answer.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    for name in {example.name for example in registry if not example.whole}:
        assert f'id="composant-{name.replace("_", "-")}"' in answer.text, name
