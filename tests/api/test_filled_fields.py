"""A built form that shows what the address asks for, its nodes and texts as they were built."""

from __future__ import annotations

import re

from spplus_app.api.first_paint.filled import shown_in_fields

FORM = (
    '<input id="q" type="search" name="q" value=""/><input type="radio" name="r" value=""/>'
    '<input type="radio" name="r" value="a"/><select name="d"><option value="">Tous</option>'
    '<option value="30">Gard</option></select><select name="n"><option value="">Tous</option>'
    "</select><input name='x'/>"
)


def test_each_kind_of_field_holds_its_value() -> None:
    asked = {"q": 'a" onfocus="x', "r": "a", "d": "30", "n": "12"}
    shown = shown_in_fields(FORM, asked, {"n": "Réseau <b>"})
    assert '<input id="q" type="search" name="q" value="a&#34; onfocus=&#34;x"/>' in shown
    assert '<input type="radio" name="r" value="a" checked=""/>' in shown
    assert '<option value="30" selected="">Gard</option>' in shown
    assert 'value="12" label="Réseau &lt;b&gt;" data-lent="" selected="">Tous</option>' in shown


def test_nodes_and_texts_stay_as_they_were_built() -> None:
    shown = shown_in_fields(FORM, {"q": "<i>", "r": "z", "d": "99", "n": "1"}, {})
    assert re.sub("<[^>]*>", "<>", shown) == re.sub("<[^>]*>", "<>", FORM)
    assert shown_in_fields(FORM, {}, {}) == FORM
