"""What stands on moderation's screens beside the text: the next one, words to mask, appeals."""

from __future__ import annotations

import reflex as rx

from ..components import forms, moderation_decisions, ui
from ..domain.moderation import MASKED_AT_ONCE
from ..states.appeals import AppealState
from ..states.moderation import QueueState, ReviewState
from ..states.moderation_claims import ClaimState
from ..states.moderation_masking import MaskState

ON_REVIEW = (ReviewState.open, ClaimState.hold, MaskState.open, AppealState.open)
"""What is read when the page of a text opens."""


def take_next() -> rx.Component:
    """Give the oldest text that nobody reads."""
    # Pressed twice at once, it would hold a text that nobody reads.
    once = ClaimState.take_next.throttle(2000)
    return rx.el.p(ui.button("Prendre le suivant", on_click=once))


def documents_to_read() -> rx.Component:
    """Lead to the documents that wait, with how many they are."""
    return rx.el.p(
        rx.el.a(f"Documents à relire ({QueueState.documents})", href="/espace/moderation/documents")
    )


def held_by_another() -> rx.Component:
    """Say that another moderator reads this text."""
    return moderation_decisions.held_notice(ClaimState.holder)


def leave() -> rx.Component:
    """Give the text back without deciding."""
    return rx.cond(
        ClaimState.holder == "",
        ui.button(
            "Laisser ce texte à un autre", kind="tertiary", small=True, on_click=ClaimState.leave
        ),
        rx.fragment(),
    )


def mask_words() -> rx.Component:
    """Mask words in place: offered before a refusal, unfolded where a machine has a doubt."""
    state = MaskState
    return rx.el.details(
        rx.el.summary("Masquer des mots, puis publier"),
        rx.el.p(
            "Le texte est bon, mais quelques mots font reconnaître quelqu’un ? Masquez-les : c’est "
            "mieux que de refuser.",
            class_name="fr-hint-text",
        ),
        forms.problems(state.error_rows, state.problem, state.said, state.attempt),
        # Masked, the form gives way to a new one: the words in it are no longer in the text.
        rx.el.div(
            moderation_decisions.mask_form(
                state.mask, state.errors, ReviewState.version.to_string(), MASKED_AT_ONCE
            ),
            key=state.done.to_string(),
        ),
        open=ReviewState.recognisable | (state.errors.length() > 0),
    )


def appeals_asked() -> rx.Component:
    """List the appeals that wait, the first due first."""
    rows = QueueState.appeals
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2("Seconds avis demandés"),
            rx.el.p(
                "Un auteur conteste une décision. Une autre personne que celle qui a décidé relit, "
                "avant la date dite."
            ),
            rx.el.div(rx.foreach(rows, moderation_decisions.appeal_card), class_name="cards"),
            class_name="stack",
        ),
        rx.fragment(),
    )


def appeal_asked() -> rx.Component:
    """Show the appeal about this text, when there is one."""
    state = AppealState
    return rx.cond(
        ReviewState.appeal.id > 0,
        rx.fragment(
            forms.of_state(state), moderation_decisions.appeal_panel(ReviewState.appeal, state)
        ),
        rx.fragment(),
    )
