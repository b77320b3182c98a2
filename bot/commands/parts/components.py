"""Our values as Discord's components. Ids begin with `pq:desk:` and carry all that is needed after a restart."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import discord
from discord import ui

from bot.commands.parts.shown import Button, Choice, Field, Form, LinkButton, Menu, Pick, Row
from bot.commands.parts.text import measure
from bot.words.cleaning import safe_link

PREFIX = "pq:desk:"
TEMPLATE = re.compile(r"pq:desk:(?P<act>[a-z-]+)(?P<args>(?::[A-Za-z0-9_.-]*)*)")
LONGEST_ID = 100
MOST_RADIOS = 10
LONGEST_LABEL = {"button": 80, "choice": 100, "title": 45, "field": 45, "hint": 100, "placeholder": 150, "url": 512}
"""Discord's limits, in characters."""

Values: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""What was filled in or chosen, by the name of the field; of a menu under `chosen`."""


def write_id(act: str, args: tuple[object, ...]) -> str:
    """The id of a button, menu or form."""
    written = PREFIX + ":".join([act, *map(str, args)])
    if read_id(written) != (act, tuple(map(str, args))) or len(written) > LONGEST_ID:
        raise ValueError(f"{written!r} is no id of a component")
    return written


def read_id(custom_id: str) -> tuple[str, tuple[str, ...]] | None:
    """The act and its arguments, None where the id is none of ours."""
    match = TEMPLATE.fullmatch(custom_id)
    return (match["act"], tuple(match["args"].split(":")[1:])) if match else None


def make_view(rows: tuple[Row, ...]) -> ui.View | None:
    """Buttons and menus, None for none. It never times out and nothing of it is held in memory."""
    if not rows:
        return None
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in [_make_menu(row)] if isinstance(row, Menu) else [_make_button(each) for each in row]:
            item.row = number
            view.add_item(item)
    view.stop()  # presses come in through `DeskItem`, also after a restart
    return view


def _make_button(button: Button | LinkButton) -> ui.Button[Any]:
    label = _fit(button.label, "button")
    if isinstance(button, LinkButton):
        return ui.Button(label=label, url=button.url)
    return ui.Button(
        label=label,
        style=discord.ButtonStyle[button.look.value],
        custom_id=write_id(button.act, button.args),
        disabled=button.disabled,
    )


def _make_menu(menu: Menu) -> ui.Select[Any]:
    return ui.Select(
        placeholder=_fit(menu.placeholder, "placeholder"),
        custom_id=write_id(menu.act, menu.args),
        options=[_make_option(choice) for choice in menu.choices],
        max_values=min(menu.most, len(menu.choices)),
    )


def _make_option(choice: Choice) -> discord.SelectOption:
    return discord.SelectOption(
        label=_fit(choice.label, "choice"),
        value=choice.value,
        description=_fit(choice.description, "hint") or None,
        default=choice.chosen,
    )


def make_link(label: str, url: str) -> LinkButton | None:
    """A button to a page, None where the address is none that Discord would take."""
    safe = safe_link(url)
    return LinkButton(label, safe) if safe and len(safe) <= LONGEST_LABEL["url"] else None


def make_modal(form: Form) -> ui.Modal:
    """The window of a form."""
    modal = ui.Modal(title=_fit(form.title, "title"), timeout=None, custom_id=write_id(form.act, form.args))
    for each in form.fields:
        component = _make_pick(each) if isinstance(each, Pick) else _make_input(each)
        modal.add_item(
            ui.Label(text=_fit(each.label, "field"), description=_fit(each.hint, "hint") or None, component=component)
        )
    return modal


def _make_input(asked: Field) -> ui.TextInput[Any]:
    return ui.TextInput(
        custom_id=asked.name,
        style=discord.TextStyle.paragraph if asked.long else discord.TextStyle.short,
        default=asked.value[: asked.most] or None,
        required=asked.required,
        max_length=asked.most,
    )


def _make_pick(asked: Pick) -> ui.Select[Any] | ui.RadioGroup[Any]:
    if asked.most == 1 and MOST_RADIOS >= len(asked.choices) > 1:
        radios = [
            discord.RadioGroupOption(label=_fit(each.label, "choice"), value=each.value, default=each.chosen)
            for each in asked.choices
        ]
        return ui.RadioGroup(custom_id=asked.name, options=radios, required=asked.required)
    return ui.Select(
        custom_id=asked.name,
        options=[_make_option(choice) for choice in asked.choices],
        min_values=1 if asked.required else 0,
        max_values=min(asked.most, len(asked.choices)),
        required=asked.required,
    )


def _fit(text: str, what: str) -> str:
    """Labels are cut, never refused: words of ours fit (a test reads them all), titles of questions may not."""
    most = LONGEST_LABEL[what]
    while measure(text) > most:
        text = text[:-2] + "…"
    return text


def read_form(data: Mapping[str, Any]) -> Values:
    """What was filled in, from the data of the interaction: it needs no form in memory."""
    found: dict[str, str | tuple[str, ...]] = {}
    for row in data.get("components", ()):
        for each in [row["component"]] if "component" in row else row.get("components", ()):
            found[each["custom_id"]] = tuple(each["values"]) if "values" in each else str(each.get("value") or "")
    return found
