"""Moderation: the queue, and one text to decide about."""

from __future__ import annotations

from typing import Any

import reflex as rx

from ..domain.errors import DomainError
from ..domain.experiences import Act
from ..domain.roles import Right
from ..services import answers_back, appeals, moderation, moderation_queue, reasons, record
from ..services.appeals import AppealView
from ..services.documents import moderation as documents_moderation
from ..services.reasons import GroupView
from ..services.views import CardView, ExperienceView, LookView, PartView, StepView
from .base import Form, act, id_of, look, number, typed
from .keys import key_of, key_text
from .live import watch
from .registry import Who, event
from .reporting import ReportedState

QUEUE = "/espace/moderation"
"""Where the queue is."""
_DECIDED = {
    Act.PUBLISH: "L’expérience est publiée.",
    Act.REFUSE: "L’expérience n’est pas publiée. Son auteur lira pourquoi, et ce qu’il peut faire.",
}
_ANSWERED = {
    Act.PUBLISH: "La réponse de l’auteur est publiée.",
    Act.REFUSE: "La réponse de l’auteur est refusée. Il lira pourquoi.",
}


class QueueState(Form, rx.State):
    """What waits for moderation, the longest waiting first."""

    urgent: list[CardView] = []  # noqa: RUF012
    cards: list[CardView] = []  # noqa: RUF012
    answers: list[CardView] = []  # noqa: RUF012
    appeals: list[AppealView] = []  # noqa: RUF012
    reasons: list[GroupView] = []  # noqa: RUF012
    held: dict[str, str] = {}  # noqa: RUF012
    total: int = 0
    documents: int = 0
    next_href: str = ""
    loaded: bool = False
    _decided: str = ""

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the queue, to moderation only, and what was just decided."""
        self._clear()
        self.said, self._decided = self._decided, ""
        await watch(self, [record.MODERATION], QueueState.refresh)
        return await self._read()

    @event(who=Right.MODERATE)
    async def refresh(self) -> Any:
        """Read the queue again after somebody changed it."""
        return await self._read()

    async def _read(self) -> Any:
        after = key_of(str(self.router.url.query_parameters.get("apres", "")))
        await (await self.get_state(ReportedState))._read()
        try:
            queue = await look(self, lambda s, v: moderation_queue.queue(s, v, after))
        except DomainError:
            self.urgent, self.cards, self.answers, self.appeals = [], [], [], []
            self.total, self.loaded = 0, False
            return rx.redirect(f"/connexion?suite={QUEUE}")
        self.urgent, self.cards = list(queue.urgent), list(queue.cards)
        self.answers = list(queue.answers)
        self.total, self.held = queue.total, queue.held
        self.documents = await look(self, documents_moderation.count)
        self.appeals = await look(self, appeals.waiting)
        self.reasons = await look(self, lambda s, _v: reasons.groups(s))
        self.next_href = f"{QUEUE}?apres={key_text(queue.next_key)}" if queue.next_key else ""
        self.loaded = True
        return None

    @event(who=Right.MODERATE)
    async def publish_answer(self, answer: int) -> None:
        """Publish the author's word back."""
        await self._decide(number(answer), Act.PUBLISH, "")

    @event(who=Right.MODERATE)
    async def refuse_answer(self, form_data: dict[str, Any]) -> None:
        """Refuse the author's word back, with a reason."""
        try:
            fields = typed(form_data)
        except DomainError as error:
            self._failed(error)
            return
        await self._decide(number(fields.get("answer")), Act.REFUSE, fields.get("reason", ""))

    async def _decide(self, answer: int, gesture: Act, reason: str) -> None:
        self._clear()
        try:
            await act(
                self,
                lambda s, v: answers_back.decide_answer(s, v, answer, gesture.value, reason),
            )
        except DomainError as error:
            self._failed(error, {"reason": f"reason-{answer}"})
        else:
            self.said = _ANSWERED[gesture]
        await self._read()


class ReviewState(Form, rx.State):
    """One experience, read by moderation."""

    view: ExperienceView = ExperienceView()
    status: str = ""
    status_name: str = ""
    version: int = 0
    waiting_since: str = ""
    changed: bool = False
    title_diff: list[PartView] = []  # noqa: RUF012
    narrative_diff: list[PartView] = []  # noqa: RUF012
    past: list[StepView] = []  # noqa: RUF012
    may_publish: bool = False
    may_refuse: bool = False
    masked: bool = False
    looks: list[LookView] = []  # noqa: RUF012
    recognisable: bool = False
    appeal: AppealView = AppealView()
    reasons: list[GroupView] = []  # noqa: RUF012
    found: bool = False
    loaded: bool = False
    stale: bool = False

    @event(who=Who.ANYONE)
    async def open(self) -> Any:
        """Show the experience of the address, to moderation only."""
        self._clear()
        self.stale = False
        await watch(self, [record.experience_topic(id_of(self))], ReviewState.refresh)
        return await self._read()

    @event(who=Right.MODERATE)
    async def refresh(self) -> Any:
        """Read it again after somebody changed it; say so when the text itself moved."""
        before = self.version
        answer = await self._read()
        self.stale = self.stale or (before not in {0, self.version})
        return answer

    async def _read(self) -> Any:
        experience_id = id_of(self)
        try:
            item = await look(self, lambda s, v: moderation_queue.item(s, v, experience_id))
        except DomainError as error:
            self.view, self.found, self.loaded = ExperienceView(), False, True
            self._failed(error)
            signed_out = not await look(self, lambda _s, v: v.signed_in)
            return rx.redirect(f"/connexion?suite={QUEUE}/{experience_id}") if signed_out else None
        self.view, self.status, self.status_name = item.experience, item.status, item.status_name
        self.version, self.waiting_since = item.version, item.waiting_since
        self.changed = item.changed
        self.title_diff, self.narrative_diff = item.title_diff, item.narrative_diff
        self.past = item.past
        self.may_publish, self.may_refuse = item.may_publish, item.may_refuse
        self.masked, self.looks = item.masked, item.looks
        self.recognisable = item.recognisable
        self.appeal = await look(self, lambda s, v: appeals.of_experience(s, v, experience_id))
        self.reasons = await look(self, lambda s, _v: reasons.groups(s))
        self.found = self.loaded = True
        return None

    @event(who=Right.MODERATE)
    async def publish(self, version: int) -> Any:
        """Publish the text that was on the screen."""
        experience_id = id_of(self)
        return await self._do(
            lambda s, v: moderation.publish(s, v, experience_id, number(version)),
            decided=Act.PUBLISH,
        )

    @event(who=Right.MODERATE)
    async def refuse(self, form_data: dict[str, Any]) -> Any:
        """Refuse the text that was on the screen, with a reason."""
        experience_id = id_of(self)

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            moderation.refuse(
                session,
                viewer,
                experience_id,
                number(fields.get("version")),
                fields.get("reason", ""),
                fields.get("message", ""),
            )

        return await self._do(gesture, decided=Act.REFUSE)

    @event(who=Right.MODERATE)
    async def edit(self, form_data: dict[str, Any]) -> Any:
        """Change the text with a trace."""
        experience_id = id_of(self)

        def gesture(session: Any, viewer: Any) -> None:
            fields = typed(form_data)
            version = number(fields.get("version"))
            moderation.edit(session, viewer, experience_id, version, fields)

        return await self._do(gesture)

    async def _do(self, gesture: Any, *, decided: Act | None = None) -> Any:
        self._clear()
        try:
            await act(self, gesture)
        except DomainError as error:
            self._failed(error)
            return None
        if decided is not None:
            queue = await self.get_state(QueueState)
            queue._decided = _DECIDED[decided]
            return rx.redirect(QUEUE)
        await self._read()
        self.stale = False
        self.said = "Texte retouché. L’original est gardé, son auteur verra pourquoi."
        return None
