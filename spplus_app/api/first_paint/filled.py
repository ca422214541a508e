"""The fields of a built form that show what the address asks for, before any script."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r"(<select\b[^>]*>)(.*?)(</select>)", re.DOTALL)
_ATTRIBUTE = r'\b{}="([^"]*)"'


def shown_in_fields(html: str, values: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Return a built page whose fields hold these values, by name.

    A value that a list does not propose (it comes from the database) is lent its first choice,
    by attributes alone: React takes over nodes and texts as they are, and the script of the site
    gives the choice back.
    """

    def of_input(found: re.Match[str]) -> str:
        tag = found[0]
        value = values.get(_read(tag, "name"))
        if value is None:
            return tag
        if _read(tag, "type") in {"radio", "checkbox"}:
            plain = re.sub(r'\schecked(="[^"]*")?', "", tag)
            held = _read(tag, "value") == str(escape(value))
            return _with(plain, 'checked=""') if held else plain
        plain = re.sub(r'\svalue="[^"]*"', "", tag)
        return _with(plain, f'value="{escape(value)}"')

    def of_select(found: re.Match[str]) -> str:
        value = values.get(_read(found[1], "name"))
        if value is None:
            return found[0]
        safe = str(escape(value))
        options = found[2].replace(' selected=""', "")
        known = f'value="{safe}"'
        if known in options:
            options = options.replace(known, f'{known} selected=""', 1)
        else:
            words = escape(labels.get(_read(found[1], "name"), value))
            lent = f'value="{safe}" label="{words}" data-lent="" selected=""'
            options = options.replace('value=""', lent, 1)
        return found[1] + options + found[3]

    return _SELECT.sub(of_select, _INPUT.sub(of_input, html))


def _read(tag: str, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name), tag)
    return found[1] if found else ""


def _with(tag: str, attribute: str) -> str:
    end = "/>" if tag.endswith("/>") else ">"
    return f"{tag[: -len(end)].rstrip()} {attribute}{end}"
