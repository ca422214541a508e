"""What was chosen, typed or pressed in a first paint once the page itself takes its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gallery")]

PAINTED = "#first-paint main"
OWN = "body > .site main"
_PAINT = f"""() => {{
  const own = document.querySelector('{OWN}'), paint = document.createElement('form');
  paint.id = 'first-paint';
  own.insertAdjacentHTML('afterbegin', '<i data-first-paint></i>');
  paint.append(own.cloneNode(true));
  document.body.append(paint);
}}"""
"""Put a copy of the page where the server paints one; the page's own content is not there yet.

A form, so that radios of one name are not of one group with those they are a copy of.
"""
_TAKE_OVER = f"""document.querySelectorAll('{OWN} [data-first-paint]').forEach((place) => {{
  place.removeAttribute('data-first-paint');
  place.append(' ');
}})"""
_CHOOSE = """(main) => {
  for (const field of main.querySelectorAll('select[name]')) {
    field.selectedIndex = field.options.length - 1;
  }
  for (const box of main.querySelectorAll('[name]:is([type=radio], [type=checkbox])')) {
    box.checked = !box.checked;
  }
  for (const field of main.querySelectorAll('textarea[name], input[name].fr-input')) {
    field.value = `choisi ${field.name}`;
  }
}"""
_HELD = """(main) => [...main.querySelectorAll(
  '[name]:is(select, textarea, [type=radio], [type=checkbox], .fr-input)')]
  .map((field) => [field.localName, field.type, field.name, field.value, !!field.checked])"""


def _painted(open_page: OpenPage) -> Page:
    page = open_page()
    page.evaluate(_PAINT)
    return page


def _taken_over(page: Page) -> None:
    page.evaluate(_TAKE_OVER)
    expect(page.locator("#first-paint")).to_have_count(0)


def test_every_kind_of_control_keeps_what_was_chosen(open_page: OpenPage) -> None:
    page = _painted(open_page)
    page.eval_on_selector(PAINTED, _CHOOSE)
    chosen = page.eval_on_selector(PAINTED, _HELD)
    kinds = {row[1] for row in chosen}
    assert {"text", "textarea", "select-one", "radio", "checkbox"} <= kinds
    _taken_over(page)
    assert page.eval_on_selector(OWN, _HELD) == chosen


def test_what_is_pressed_before_and_let_go_after_is_pressed(open_page: OpenPage) -> None:
    page = _painted(open_page)
    label = page.locator(f"{PAINTED} .fr-radio-group:last-child label").first
    label.hover()
    page.mouse.down()
    text = label.inner_text()
    _taken_over(page)
    live = page.locator(f"{OWN} .fr-radio-group:last-child label").first
    expect(live).to_have_text(text)
    live.hover()
    page.mouse.up()
    expect(live.locator("xpath=preceding-sibling::input")).to_be_checked()


def test_what_is_let_go_elsewhere_is_not_pressed(open_page: OpenPage) -> None:
    page = _painted(open_page)
    page.locator(f"{PAINTED} .fr-radio-group:last-child label").first.hover()
    page.mouse.down()
    _taken_over(page)
    other = page.locator(f"{OWN} .fr-checkbox-group").first
    ticked = other.get_by_role("checkbox").is_checked()
    other.locator("label").hover()
    page.mouse.up()
    expect(other.get_by_role("checkbox")).to_be_checked(checked=ticked)


def test_who_was_typing_goes_on_where_they_were(open_page: OpenPage) -> None:
    page = _painted(open_page)
    field = page.locator(f"{PAINTED} textarea").first
    field.fill("Un guichet fermé.")
    field.evaluate("(field) => field.setSelectionRange(2, 2)")
    _taken_over(page)
    page.keyboard.type(" seul")
    expect(page.locator(f"{OWN} textarea").first).to_have_value("Un seul guichet fermé.")
