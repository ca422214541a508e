"""The renames of a restoration, cut at every single one: the old whole, or the new whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from spplus_app.persistence import switch
from spplus_app.persistence.switch import Move, Plan, carry_out, finish

OLD = {"db": "old", "db-wal": "old", "mail/a": "old", "docs/b": "old"}
NEW = {"db": "new", "mail/a": "new", "extra/c": "new"}


class Killed(BaseException):
    """What kill -9 is to a test: nothing after it runs."""


@pytest.fixture
def engine() -> Engine:
    return create_engine("sqlite://")


def write(folder: Path, content: dict[str, str]) -> None:
    for name, text in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str]:
    names = ("db", "db-wal", "mail/a", "docs/b", "extra/c")
    return {name: (folder / name).read_text() for name in names if (folder / name).exists()}


def prepared(var: Path) -> Plan:
    """A site, and a restoration of it that is ready."""
    write(var, OLD)
    new, aside = var / "staged", var / "set-aside"
    write(new, NEW)
    moves = [Move(str(var / "db-wal"), str(aside / "db-wal"))]
    moves += [
        Move(str(var / name), str(aside / name), str(new / name) if (new / name).exists() else "")
        for name in ("db", "mail", "docs", "extra")
    ]
    return Plan(tuple(moves), (str(new),))


STEPS = ("replace", "rename", "unlink", "mkdir")


@pytest.mark.parametrize("again", [0, 1, 2])
def test_a_kill_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    seen = set()
    for last in range(40):
        var = tmp_path / f"{last}"
        plan = prepared(var)
        left = [last]

        def counted(name: str, left: list[int] = left):  # type: ignore[no-untyped-def]
            real = getattr(Path, name)

            def act(self: Path, *given: object, **more: object) -> object:
                if left[0] == 0:
                    raise Killed
                left[0] -= 1
                return real(self, *given, **more)

            return act

        with monkeypatch.context() as patch:
            for name in STEPS:
                patch.setattr(Path, name, counted(name))
            _until_killed(lambda: carry_out(var, plan, engine))  # noqa: B023
            for _ in range(again):  # killed again while it is being ended
                left[0] = 2
                _until_killed(lambda: finish(var, engine))  # noqa: B023
        finish(var, engine)
        found = read(var)
        assert found in (OLD, NEW), f"killed before step {last}"
        if found == NEW:
            assert read(var / "set-aside") == OLD
        seen.add("new" if found == NEW else "old")
        if left[0] > 0 and not again:
            break
    assert seen == {"old", "new"}


def _until_killed(work) -> None:  # type: ignore[no-untyped-def]
    try:
        work()
    except Killed:
        return


def test_it_is_done_once(tmp_path: Path, engine: Engine) -> None:
    carry_out(tmp_path, prepared(tmp_path), engine)
    assert read(tmp_path) == NEW
    finish(tmp_path, engine)
    assert read(tmp_path) == NEW
    assert not (tmp_path / "staged").exists() and not (tmp_path / switch.PLAN).exists()


@pytest.mark.parametrize("renamed", [True, False])
def test_with_postgresql_the_rename_of_the_database_decides(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, renamed: bool
) -> None:
    plan = prepared(tmp_path)
    plan = Plan(plan.moves, plan.prepared, "new_one", "old_one")
    dropped: list[str] = []
    monkeypatch.setattr(switch.databases, "exists", lambda _e, _n: not renamed)
    monkeypatch.setattr(switch.databases, "drop", lambda _e, name: dropped.append(name))

    def killed(*_given: object) -> None:
        (tmp_path / "kept").write_text((tmp_path / switch.PLAN).read_text())
        raise Killed

    monkeypatch.setattr(switch.databases, "swap", killed)
    _until_killed(lambda: carry_out(tmp_path, plan, engine))
    (tmp_path / "kept").replace(tmp_path / switch.PLAN)  # kill -9 removes nothing
    finish(tmp_path, engine)
    assert read(tmp_path) == (NEW if renamed else OLD)
    assert dropped == ([] if renamed else ["new_one"])


def test_a_rename_that_is_refused_changes_nothing(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = prepared(tmp_path)

    def refuse(*_given: object) -> None:
        raise OSError

    monkeypatch.setattr(switch.databases, "swap", refuse)
    with pytest.raises(OSError):
        carry_out(tmp_path, Plan(plan.moves, plan.prepared, "new_one", "old_one"), engine)
    finish(tmp_path, engine)
    assert read(tmp_path) == OLD
