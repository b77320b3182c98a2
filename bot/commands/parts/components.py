"""Our values as Discord's components. Their ids carry all that is needed after a restart."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import discord
from discord import ui

from adapters.discord.sending.keys import write_id
from adapters.discord.text import LONGEST_LABEL, cut
from bot.commands.parts.shown import Button, Choice, Field, Form, LinkButton, Menu, Pick, Row
from bot.words.cleaning import safe_link

MOST_RADIOS = 10
Values: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""What was filled in or chosen, by the name of the field; of a menu under `chosen`."""


def make_view(rows: tuple[Row, ...]) -> ui.View | None:
    """Buttons and menus, None for none. It never times out and nothing of it is held in memory."""
    if not rows:
        return None
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in [_make_menu(row)] if isinstance(row, Menu) else [_make_button(each) for each in row]:
            item.row = number
            view.add_item(item)
    view.stop()  # presses come in through `install`, also after a restart
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
    return cut(text, LONGEST_LABEL[what])


def count_on(label: str, count: int) -> str:
    """The label of a button with a count, which is never cut off."""
    shown = f" · {count}"
    return cut(label, LONGEST_LABEL["button"] - len(shown)) + shown


def read_form(data: Mapping[str, Any]) -> Values:
    """What was filled in, from the data of the interaction: it needs no form in memory."""
    found: dict[str, str | tuple[str, ...]] = {}
    for row in data.get("components", ()):
        for each in [row["component"]] if "component" in row else row.get("components", ()):
            found[each["custom_id"]] = tuple(each["values"]) if "values" in each else str(each.get("value") or "")
    return found
