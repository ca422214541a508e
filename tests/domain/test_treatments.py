"""The register is whole: every table, every retention, every deletion."""

from __future__ import annotations

import inspect
from datetime import timedelta

from sqlalchemy.orm import Session

from spplus_app.domain import drafts, retention
from spplus_app.domain.jobs import SCHEDULED
from spplus_app.domain.treatments import NOT_PERSONAL, TREATMENTS
from spplus_app.persistence import deletions
from spplus_app.persistence.tables import Base
from spplus_app.services import housekeeping, register
from spplus_app.worker import HANDLERS

KEPT = [kept for one in TREATMENTS for kept in one.kept]
SESSION_ONLY = {"SESSION_IDLE", "SESSION_LIFE"}
"""Durations after which a session no longer opens: what is kept of it is `SIGN_IN_KEPT_FOR`."""


def test_every_table_is_in_one_treatment_or_holds_nothing_of_anyone() -> None:
    named = [table for one in TREATMENTS for table in one.tables] + list(NOT_PERSONAL)
    assert len(named) == len(set(named))
    assert set(named) == set(Base.metadata.tables), "say in domain/treatments.py what it holds"


def test_every_treatment_says_everything_once() -> None:
    assert len({one.code for one in TREATMENTS}) == len(TREATMENTS)
    for one in TREATMENTS:
        texts = (one.name, one.purpose, one.data, one.people, one.basis, one.recipients)
        assert all(texts) and one.kept, one.code


def test_every_retention_is_applied_by_a_scheduled_job() -> None:
    for kept in KEPT:
        if kept.length is not None:
            assert kept.job is not None, kept.words
        if kept.job is not None:
            assert kept.job in SCHEDULED and kept.job in HANDLERS and kept.deletion
            assert kept.job in housekeeping.PURGES


def test_every_duration_of_the_house_is_in_the_register() -> None:
    known = {
        value
        for module in (retention, drafts)
        for name, value in inspect.getmembers(module)
        if isinstance(value, timedelta) and name not in SESSION_ONLY
    }
    assert {kept.length for kept in KEPT if kept.length} == known


def test_every_deletion_is_told_and_written_down(session: Session) -> None:
    codes: dict[str, str] = {}
    for kind in housekeeping.PURGES:
        for code, count in housekeeping.apply(session, kind).items():
            codes[code] = kind
            assert count == 0
    assert set(codes) == {kept.deletion for kept in KEPT if kept.deletion}
    for kept in KEPT:
        if kept.job is not None:
            assert codes[kept.deletion] == kept.job
    assert set(deletions.by_code(session)) == set(codes)


def test_the_register_says_what_was_deleted(session: Session) -> None:
    before = {one.code: one for one in register.shown(session)}
    assert before["drafts"].kept[0].deleted == register.NEVER
    assert before["drafts"].kept[0].words == "90\u00a0jours après la dernière modification"
    assert before["connections"].kept[0].words == "Non activé sur ce site"
    housekeeping.apply(session, housekeeping.JobKind.PURGE_DRAFTS)
    deletions.note(session, "drafts", housekeeping.clock.now(), 3)
    deletions.note(session, "drafts", housekeeping.clock.now(), 2)
    after = {one.code: one for one in register.shown(session)}["drafts"].kept[0]
    assert after.deleted == "2, et 5 en tout" and after.iso
