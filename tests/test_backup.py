"""`spplus backup` and `spplus restore`, on both databases: what is kept, proved, refused, told."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from typer.testing import CliRunner, Result

from spplus_app.adapters import places, postgres_tools
from spplus_app.cli import app
from spplus_app.domain.backups import STAGING, BackupRefused
from spplus_app.persistence import databases, reading, snapshots, unit_of_work
from spplus_app.persistence import engine as engines
from spplus_app.persistence.engine import make_engine
from spplus_app.persistence.tables import DraftRow, PrivateLinkRow
from spplus_app.services import backup, clock, tokens
from spplus_app.settings import settings
from tests import backups

Run = Callable[..., Result]
OTHER_KEY = "another-key-of-forty-eight-characters-xxxxxxxxxx"


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[Path]:
    """The data folder of a site on an empty database of each kind."""
    folder = tmp_path / "var"
    folder.mkdir()
    monkeypatch.setenv("SPPLUS_VAR", str(folder))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()
    engines.engine.cache_clear()
    yield folder
    engines.engine().dispose()
    settings.cache_clear()
    engines.engine.cache_clear()


@pytest.fixture
def site(var: Path) -> Engine:
    """The engine of this process, on a site that holds something."""
    backups.fill(engines.engine(), var)
    return engines.engine()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(result: Result) -> str:
    return result.output.replace("\u00a0", " ").replace("\u202f", " ")


def done(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 0, said(result)
    return said(result)


def refused(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 1, said(result)
    assert len(said(result).strip().splitlines()) == 1
    return said(result)


def archive(folder: Path) -> Path:
    """The one archive of a folder, and nothing else there."""
    (path,) = folder.iterdir()
    return path


def manifest(path: Path) -> dict[str, object]:
    with tarfile.open(path) as tar:
        source = tar.extractfile("manifest.json")
        assert source is not None
        return dict(json.load(source))


def test_a_backup_is_one_file_of_its_owner_s_with_all_that_matters(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    old = "spplus-2026-01-01T00-00-00Z.tar"
    for name in ("secret_key", ".secret_key.1", "x.pid", "x.log", "mail/.a.part", old):
        (var / name).write_text("no part of a backup")
    (var / "link").symlink_to("/etc/passwd")
    told = done("backup", tmp_path / "kept")
    assert "Restaurée à blanc et vérifiée" in told and "gardez-la à part" in told
    path = archive(tmp_path / "kept")
    assert path.name.startswith("spplus-20") and path.name.endswith("Z.tar")
    assert path.stat().st_mode & 0o777 == 0o600
    found = manifest(path)
    member = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}[kind]
    assert set(found["members"]) == {member, "files/mail/first.eml"}  # type: ignore[call-overload]
    assert found["database"] == kind and found["revision"]
    assert found["counts"]["experience"] == 1  # type: ignore[index]
    assert settings().secret_key not in path.read_bytes().decode("latin-1")
    assert not list(var.glob(f"{STAGING}*"))


def test_what_was_backed_up_comes_back_and_what_was_there_is_kept_aside(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    before, mails = backups.content(site), backups.files(var)
    done("backup", tmp_path / "kept")
    backups.heavy(site, 1)
    backups.mail(var, "second")
    after = backups.content(site)
    path = archive(tmp_path / "kept")
    assert "n’est pas vide" in refused("restore", path)
    assert backups.content(site) == after
    told = done("restore", path, "--replace")
    assert "remise en place et vérifiée" in told and "Mis de côté" in told
    assert (backups.content(engines.engine()), backups.files(var)) == (before, mails)
    (aside,) = (var / "set-aside").iterdir() if kind == "postgresql" else _aside(var, site)
    former = _former(site, aside, kind)
    assert backups.content(former) == after
    former.dispose()
    assert {one.name for one in (var / "set-aside").glob("*/mail/*")} == {"first.eml", "second.eml"}
    assert done("check")
    assert not list(var.rglob(f"{STAGING}*")) and not (var / "restore-plan.json").exists()


def _aside(var: Path, site: Engine) -> list[Path]:
    file = backup.database_file(site)
    assert file is not None
    return list((file.parent / "set-aside").iterdir())


def _former(site: Engine, aside: Path, kind: str) -> Engine:
    """An engine on the database that was moved aside."""
    if kind == "sqlite":
        (file,) = aside.glob("*.sqlite3")
        return make_engine(f"sqlite:///{file}")
    name = f"{str(site.url.database)[:30]}_before_{aside.name}"
    return make_engine(site.url.set(database=name).render_as_string(hide_password=False))


def test_a_backup_goes_into_an_empty_site_without_a_word_more(
    site: Engine, var: Path, tmp_path: Path
) -> None:
    before = backups.content(site)
    done("backup", tmp_path / "kept.tar")
    assert "existe déjà" in refused("backup", tmp_path / "kept.tar")
    _emptied(site)
    assert "Mis de côté" in done("restore", tmp_path / "kept.tar")
    assert backups.content(engines.engine()) == before


def _emptied(engine: Engine) -> None:
    """Make the site what `spplus migrate` leaves on a new machine."""
    from spplus_app.persistence.tables import Base

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names}"))
            return
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text("DROP TRIGGER journal_no_delete"))
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


def test_what_was_acknowledged_before_is_there_whoever_writes(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    """A thread writes all along: the copy is of one instant, whole, not older than its start."""
    backups.heavy(site, 20)
    acknowledged: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            uuid = f"live-{len(acknowledged)}"
            with unit_of_work(site) as session:
                row = {"kind": "experience", "subject": "", "data": {}, "uuid": uuid}
                now = clock.now()
                session.add(DraftRow(owner=uuid, created_at=now, updated_at=now, **row))
            acknowledged.append(uuid)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(acknowledged) < 5:
            pass
        promised = set(acknowledged)
        told = done("backup", tmp_path / "kept.tar")
        assert len(acknowledged) > len(promised), "nothing was written meanwhile"
    finally:
        stop.set()
        writer.join()
    assert "vérifiée" in told
    done("restore", tmp_path / "kept.tar", "--replace")
    with reading(engines.engine()) as session:
        found = session.scalars(select(DraftRow.uuid).where(DraftRow.uuid.like("live-%"))).all()
    assert promised <= set(found)
    assert set(found) == set(acknowledged[: len(found)]), "not one instant"


def test_two_restorations_of_one_second_keep_both_former_sites(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    done("backup", tmp_path / "kept.tar")
    with clock.at(clock.now()):
        told = [done("restore", tmp_path / "kept.tar", "--replace") for _ in range(3)]
    assert len(set(told)) == 3
    assert len(list((var / "set-aside").glob("*/mail/first.eml"))) == 3
    if kind == "sqlite":
        assert len(list(tmp_path.glob("set-aside/*/test.sqlite3"))) == 3


def test_a_restored_site_opens_its_private_links_with_its_key(
    site: Engine, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(site) as session:
        nonce = session.scalars(select(PrivateLinkRow.nonce)).first()
    assert nonce
    link = tokens.derive("follow-up", nonce)
    done("backup", tmp_path / "kept.tar")
    key = settings().secret_key
    monkeypatch.setenv("SECRET_KEY", OTHER_KEY)
    settings.cache_clear()
    assert "autre clé secrète" in refused("restore", tmp_path / "kept.tar", "--replace")
    monkeypatch.setenv("SECRET_KEY", key)
    settings.cache_clear()
    done("restore", tmp_path / "kept.tar", "--replace")
    assert tokens.derive("follow-up", nonce) == link
    assert _opens(link)
    monkeypatch.setenv("SECRET_KEY", OTHER_KEY)
    settings.cache_clear()
    done("restore", tmp_path / "kept.tar", "--replace", "--other-key")
    assert _opens(link) and tokens.derive("follow-up", nonce) != link


def _opens(link: str) -> bool:
    """Whether the database knows this private link."""
    with reading(engines.engine()) as session:
        wanted = PrivateLinkRow.token_hash == tokens.hash_token(link)
        return session.scalars(select(PrivateLinkRow).where(wanted)).first() is not None


def test_the_key_travels_when_asked_and_comes_back_on_a_new_machine(
    site: Engine, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    settings.cache_clear()
    key = settings().secret_key
    assert "La clé secrète y est" in done("backup", tmp_path / "kept.tar", "--with-key")
    assert "secret_key" in manifest(tmp_path / "kept.tar")["members"]  # type: ignore[operator]
    (var / "secret_key").unlink()
    settings.cache_clear()
    assert settings().secret_key != key  # made by the first command on the new machine
    assert "autre clé secrète" in refused("restore", tmp_path / "kept.tar", "--replace")
    _emptied(site)
    assert "La clé secrète de l’archive" in done("restore", tmp_path / "kept.tar")
    settings.cache_clear()
    assert settings().secret_key == key
    assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_schema_older_is_to_migrate_and_a_newer_one_is_refused(
    site: Engine, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spplus_app.persistence import schema

    done("backup", tmp_path / "kept.tar")
    known = schema.known()
    monkeypatch.setattr(schema, "known", lambda: (*known, "9999"))
    assert "spplus migrate" in done("restore", tmp_path / "kept.tar", "--replace")
    monkeypatch.setattr(schema, "known", lambda: ("0000",))
    assert "version plus récente" in refused("restore", tmp_path / "kept.tar", "--replace")


def test_nothing_is_restored_under_a_running_site(site: Engine, var: Path, tmp_path: Path) -> None:
    done("backup", tmp_path / "kept.tar")
    held = places.hold_running(var)
    with os.fdopen(held):
        assert "Le site tourne" in refused("restore", tmp_path / "kept.tar", "--replace")
        assert "vérifiée" in done("backup", tmp_path / "again.tar")
    with places.nobody_running(var), pytest.raises(BackupRefused, match="en cours"):
        places.hold_running(var)


def test_nothing_is_restored_under_another_program(
    site: Engine, var: Path, tmp_path: Path, database_url: str
) -> None:
    done("backup", tmp_path / "kept.tar")
    before = backups.content(site)
    other = make_engine(database_url)
    with other.connect() as connection:
        connection.execute(text("SELECT count(*) FROM experience"))
        told = refused("restore", tmp_path / "kept.tar", "--replace")
        assert "autre programme" in told or "connexions" in told
    other.dispose()
    assert backups.content(engines.engine()) == before
    assert not list(var.rglob(f"{STAGING}*"))


def test_without_verification_it_says_so(site: Engine, tmp_path: Path) -> None:
    assert "Non vérifiée" in done("backup", tmp_path / "kept.tar", "--no-verify")


def test_a_backup_that_does_not_come_back_is_none(
    site: Engine, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = snapshots.facts

    def lie(connection: object) -> snapshots.Facts:
        found = real(connection)  # type: ignore[arg-type]
        return snapshots.Facts(found.revision, {**found.counts, "experience": 12})

    monkeypatch.setattr(snapshots, "facts", lambda c: monkeypatch.undo() or lie(c))
    told = refused("backup", tmp_path / "kept")
    assert "experience : 1 lignes au lieu de 12" in told
    assert not list((tmp_path / "kept").iterdir())


def test_no_room_is_said_before_anything_is_written(
    var: Path, site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(backup, "_SPARE", 1 << 60)
    if kind == "sqlite":
        assert "Il manque de la place" in refused("backup", tmp_path / "kept")
        assert not list((tmp_path / "kept").iterdir())


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_broken_database_can_be_replaced_and_is_kept(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    before = backups.content(site)
    done("backup", tmp_path / "kept.tar")
    file = backup.database_file(site)
    assert file is not None
    site.dispose()
    file.write_bytes(b"not a database at all" * 1000)
    assert "n’est pas vide" in refused("restore", tmp_path / "kept.tar")
    done("restore", tmp_path / "kept.tar", "--replace")
    assert backups.content(engines.engine()) == before
    (aside,) = (file.parent / "set-aside").rglob(file.name)
    assert aside.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_index_of_words_that_is_broken_is_seen(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "words.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        connection.execute("INSERT INTO words VALUES ('guichet fermé')")
    engine = make_engine(f"sqlite:///{path}")
    expected = snapshots.Facts("", {})
    assert snapshots.prove(engine, expected) == []
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM words_content"))
    assert snapshots.prove(engine, expected) == ["l’index words est abîmé"]
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_without_the_right_to_make_a_database_the_proof_stops_half_way(
    site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(databases, "may_create", lambda _engine: False)
    assert "pas entièrement vérifiée" in done("backup", tmp_path / "kept.tar")
    assert "CREATEDB" in refused("restore", tmp_path / "kept.tar", "--replace")


@pytest.mark.parametrize("kind", ["postgresql"])
def test_missing_programs_are_named(
    site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(postgres_tools.shutil, "which", lambda _name: None)
    assert "postgresql-client" in refused("backup", tmp_path / "kept.tar")
    assert not list(tmp_path.glob("*.tar"))


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_password_is_no_argument(kind: str) -> None:
    where, environment = postgres_tools._target({"user": "a", "password": "motdepasse"})
    assert "motdepasse" not in where and environment["PGPASSWORD"] == "motdepasse"


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_proof_leaves_no_database_behind(
    site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    left = f"{databases.PROOF}20200101000000_{secrets.token_hex(4)}"
    databases.create(site, left)  # by a backup that was killed long ago
    made, real = [], databases.create
    monkeypatch.setattr(databases, "create", lambda e, name: (made.append(name), real(e, name))[1])
    done("backup", tmp_path / "kept.tar")
    assert len(made) == 1
    assert not [name for name in (left, *made) if databases.exists(site, name)]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_backup_of_another_kind_of_database_is_refused(
    site: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    done("backup", tmp_path / "kept.tar")
    monkeypatch.setattr(site.dialect, "name", "postgresql")
    monkeypatch.setattr(backup, "database_file", lambda _engine: None)
    assert "se sert de postgresql" in refused("restore", tmp_path / "kept.tar", "--replace")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_files_are_kept_wherever_the_archive_goes(
    site: Engine, var: Path, tmp_path: Path, kind: str
) -> None:
    for target in (tmp_path / "a.tar", tmp_path.parent / f"{tmp_path.name}.tar", var / "b.tar"):
        done("backup", target)
        assert "files/mail/first.eml" in manifest(target)["members"]  # type: ignore[operator]


def test_a_folder_of_data_that_holds_its_own_backups(site: Engine, var: Path) -> None:
    done("backup", var / "backups")
    done("backup", var / "backups" / "first.tar")
    done("backup", var / "backups" / "named.tar")
    assert not [n for n in manifest(var / "backups" / "named.tar")["members"] if "backups" in n]  # type: ignore[attr-defined]
    done("restore", var / "backups" / "named.tar", "--replace")
    assert (var / "backups" / "named.tar").is_file()
