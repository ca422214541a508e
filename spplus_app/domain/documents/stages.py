"""Where a hard document stands before and beside its life in public: a table of transitions.

`values.Status` tells what its administration does with it once it is published; a stage tells who
may see it.
"""

from __future__ import annotations

from enum import StrEnum

from spplus_app.domain.transitions import moved


class Stage(StrEnum):
    """Who works on a document, and who may see it."""

    READING = "reading"
    UNREADABLE = "unreadable"
    MASKING = "masking"
    HANDED = "handed"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


STAGE_NAMES: dict[Stage, str] = {
    Stage.READING: "En cours de lecture par la machine",
    Stage.UNREADABLE: "N’a pas pu être lu",
    Stage.MASKING: "À vérifier par vous",
    Stage.HANDED: "Remis à la modération",
    Stage.PUBLISHED: "Publié",
    Stage.HIDDEN: "Signalé, masqué le temps d’une vérification",
    Stage.REFUSED: "Refusé",
    Stage.WITHDRAWN: "Retiré par la personne qui l’a envoyé",
    Stage.ERASED: "Effacé",
}


class Step(StrEnum):
    """What moves a document from one stage to the next."""

    READ = "read"
    FAIL = "fail"
    HAND_OVER = "hand_over"
    GIVE_BACK = "give_back"
    PUBLISH = "publish"
    REFUSE = "refuse"
    HIDE = "hide"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    ERASE = "erase"


BEFORE_PUBLICATION = (Stage.READING, Stage.UNREADABLE, Stage.MASKING, Stage.HANDED)
"""The stages in which what was sent is still there: it goes as soon as one is left."""

TRANSITIONS: dict[tuple[Stage, Step], Stage] = {
    (Stage.READING, Step.READ): Stage.MASKING,
    (Stage.READING, Step.FAIL): Stage.UNREADABLE,
    (Stage.MASKING, Step.HAND_OVER): Stage.HANDED,
    # Something personal is left, or too much is masked: the depositor looks again.
    (Stage.HANDED, Step.GIVE_BACK): Stage.MASKING,
    (Stage.HANDED, Step.PUBLISH): Stage.PUBLISHED,
    (Stage.HANDED, Step.REFUSE): Stage.REFUSED,
    (Stage.PUBLISHED, Step.HIDE): Stage.HIDDEN,
    (Stage.HIDDEN, Step.RESTORE): Stage.PUBLISHED,
    (Stage.PUBLISHED, Step.REFUSE): Stage.REFUSED,
    (Stage.HIDDEN, Step.REFUSE): Stage.REFUSED,
    **{
        (stage, Step.WITHDRAW): Stage.WITHDRAWN
        for stage in (*BEFORE_PUBLICATION, Stage.PUBLISHED, Stage.HIDDEN)
    },
    **{(stage, Step.ERASE): Stage.ERASED for stage in Stage if stage is not Stage.ERASED},
}
"""The allowed transitions; anything else is a `Conflict`."""
_CHANGED = "Ce document a changé entre-temps. Relisez-le avant de continuer."


def after(stage: Stage, step: Step) -> Stage:
    """Return the stage after ``step``; raise `Conflict` where the table does not allow it."""
    return moved(TRANSITIONS, stage, step, _CHANGED)
