"""The environment: what stands in it, what is left empty, what stops the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from spplus_app.settings import DSFR_FILES, SettingsError, load

NAMES = (
    *("DATABASE_URL", "SMTP_URL", "MAIL_FROM", "PUBLIC_URL", "TRUSTED_PROXIES", "REDIS_URL"),
    *("SPPLUS_DEMO", "OFFICIAL", "SPPLUS_GALLERY", "LOG_FORMAT", "LOG_ACCESS"),
    *("THEME", "DSFR_DIR"),
    *("OPERATOR_NAME", "OPERATOR_ADDRESS", "PUBLICATION_DIRECTOR", "HOSTING"),
    *("CONTACT_EMAIL", "CONTACT_ADDRESS", "PRIVACY_CONTACT"),
)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path))
    return monkeypatch


def test_a_setting_left_empty_is_not_chosen(environment: pytest.MonkeyPatch) -> None:
    alone = load()
    for name in NAMES:
        environment.setenv(name, "")
    assert load() == alone
    assert not alone.demo and alone.public_url == "http://localhost:3000"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SPPLUS_DEMO", "peut-être", "doit être 1 (oui) ou 0 (non)"),
        ("PUBLIC_URL", "exemple.fr", "doit être une adresse"),
        ("DATABASE_URL", "mysql://x", "sqlite:/// ou postgresql://"),
        ("SMTP_URL", "ftp://x", "smtp://"),
        ("TRUSTED_PROXIES", "partout", "adresses ou de réseaux IP"),
        ("LOG_FORMAT", "xml", "json ou text"),
        ("LOG_ACCESS", "oui mais", "doit être 1 (oui) ou 0 (non)"),
        ("SECRET_KEY", "court", "32 caractères"),
        ("REDIS_URL", "redis://x", "pas encore"),
        ("THEME", "marianne", "doit être spplus ou dsfr"),
        ("CONTACT_EMAIL", "contact", "contact@exemple.fr"),
        ("CONTACT_EMAIL", "Nous <a@exemple.fr>", "contact@exemple.fr"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it(
    environment: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load()
    line = str(raised.value)
    assert line.startswith(f"Réglage {name}\u00a0: ") and "\n" not in line
    assert words in line


@pytest.mark.parametrize("held", [(), DSFR_FILES[1:]], ids=["empty", "one file short"])
def test_the_official_theme_needs_its_whole_package(
    environment: pytest.MonkeyPatch, tmp_path: Path, held: tuple[str, ...]
) -> None:
    for name in held:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    environment.setenv("THEME", "dsfr")
    for folder, words in (
        ("", "doit donner le dossier"),
        (str(tmp_path), "il manque dsfr.min.css"),
        (str(tmp_path / "nowhere"), "il manque dsfr.min.css"),
    ):
        environment.setenv("DSFR_DIR", folder)
        with pytest.raises(SettingsError) as raised:
            load()
        line = str(raised.value)
        assert line.startswith("Réglage DSFR_DIR\u00a0: ") and "\n" not in line
        assert words in line


def test_the_folder_of_the_package_counts_for_nothing_without_the_theme(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("DSFR_DIR", str(tmp_path / "nowhere"))
    assert load().theme == "spplus"


def test_the_secret_is_made_once_and_is_its_owner_s_alone(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("SECRET_KEY", raising=False)
    first = load().secret_key
    assert len(first) >= 32 and load().secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"secret_key", "originals_key"}
    assert (tmp_path / "originals_key").stat().st_mode & 0o777 == 0o600
