"""Buttons, menus and forms: checked as Discord checks them, and kept as it gives them back."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.servers.discord.errors import invalid
from tests.servers.discord.world import JSON

ROW, BUTTON, MENU, INPUT = 1, 2, 3, 4
USERS, ROLES, MENTIONABLES, CHANNELS = 5, 6, 7, 8
SECTION, WORDS, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23
"""Types of components."""
MENUS = frozenset({MENU, USERS, ROLES, MENTIONABLES, CHANNELS})
_LINK = 5
_MOST = 40
_WORDS_IN_ALL = 4000
_DEFAULTS: dict[int, JSON] = {
    MENU: {"min_values": 1, "max_values": 1, "disabled": False},
    USERS: {"min_values": 1, "max_values": 1, "disabled": False},
    ROLES: {"min_values": 1, "max_values": 1, "disabled": False},
    MENTIONABLES: {"min_values": 1, "max_values": 1, "disabled": False},
    CHANNELS: {"min_values": 1, "max_values": 1, "disabled": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    CONTAINER: {"accent_color": None, "spoiler": False},
    INPUT: {"label": None, "min_length": None, "max_length": None, "required": True},
}


def walk(components: list[JSON]) -> Iterator[JSON]:
    """Every component, however deep."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        for inner in ("component", "accessory"):
            if isinstance(component.get(inner), dict):
                yield from walk([component[inner]])


def find(components: list[JSON], custom_id: str) -> JSON | None:
    return next((part for part in walk(components) if part.get("custom_id") == custom_id), None)


def accept_message(components: list[JSON], *, second_version: bool) -> list[JSON]:
    """Components of a message as they are kept. Raises ApiError where Discord refuses them."""
    everything = list(walk(components))
    if len(everything) > _MOST or (len(components) > 5 and not second_version):
        raise invalid(f"too many components: {len(components)}, {len(everything)} in all", "components")
    if not second_version and any(part["type"] != ROW for part in components):
        raise invalid("the value of field 'type' must be one of (1,)", "components")
    if sum(len(part.get("content", "")) for part in everything) > _WORDS_IN_ALL:
        raise invalid(f"more than {_WORDS_IN_ALL} characters in text displays", "components")
    _check_ids(everything)
    for part in everything:
        _check(part)
    return _keep(components)


def accept_modal(components: list[JSON]) -> list[JSON]:
    """The same for a form."""
    if len(components) > 5:
        raise invalid(f"a form has at most 5 components, not {len(components)}", "components")
    everything = list(walk(components))
    _check_ids(everything)
    if not any("custom_id" in part for part in everything):
        raise invalid("a form needs something to fill in", "components")
    for part in everything:
        if part["type"] == ROW and part["components"][0]["type"] == INPUT and not part["components"][0].get("label"):
            raise invalid("this field is required", "label")
        _check(part)
    return _keep(components)


def _check_ids(everything: list[JSON]) -> None:
    ids = [part["custom_id"] for part in everything if part.get("custom_id")]
    if len(ids) != len(set(ids)):
        raise invalid("component custom id cannot be duplicated", "custom_id")


def _check(part: JSON) -> None:
    if part["type"] == BUTTON:
        _check_button(part)
    if part["type"] == ROW:
        kinds = {inner["type"] for inner in part["components"]}
        if not part["components"] or len(part["components"]) > (1 if kinds - {BUTTON} else 5):
            raise invalid("a row holds 1 to 5 buttons or one menu", "components")
    if part["type"] == SECTION and not 1 <= len(part["components"]) <= 3:
        raise invalid("a section holds 1 to 3 texts", "components")
    if part["type"] in {MENU, RADIO, CHECKBOXES} and not 1 <= len(part.get("options", [])) <= 25:
        raise invalid("must have between 1 and 25 options", "options")
    if part["type"] in {RADIO, CHECKBOXES} and len(part["options"]) > 10:
        raise invalid("must have at most 10 options", "options")
    if part["type"] == RADIO and len(part["options"]) < 2:
        raise invalid("must have at least 2 options", "options")
    if part["type"] == INPUT and (part.get("min_length") or 0) > (part.get("max_length") or 4000):
        raise invalid("min_length is above max_length", "min_length")
    if part["type"] == INPUT and len(part.get("value") or "") > (part.get("max_length") or 4000):
        raise invalid("the value is longer than max_length", "value")


def _check_button(part: JSON) -> None:
    if part["style"] == _LINK:
        if not part.get("url") or part.get("custom_id"):
            raise invalid("a link button has a url and no custom id", "url")
    elif not part.get("custom_id"):
        raise invalid("a custom id is required", "custom_id")
    if not part.get("label") and not part.get("emoji"):
        raise invalid("a button needs a label or an emoji", "label")


def _keep(components: list[JSON]) -> list[JSON]:
    """With ids and defaults, without nulls."""
    given = {part["id"] for part in walk(components) if part.get("id")}
    free = (number for number in count(1) if number not in given)
    return [_keep_one(part, free) for part in components]


def _keep_one(part: JSON, free: Iterator[int]) -> JSON:
    kept: JSON = _DEFAULTS.get(part["type"], {}) | {key: value for key, value in part.items() if value is not None}
    if not kept.get("id"):
        kept["id"] = next(free)
    if "components" in kept:
        kept["components"] = [_keep_one(inner, free) for inner in kept["components"]]
    for inner in ("component", "accessory"):
        if inner in kept:
            kept[inner] = _keep_one(kept[inner], free)
    return kept


def fill_in(components: list[JSON], values: dict[str, Any]) -> list[JSON]:
    """What a person's client sends for a form they filled in. Raises ValueError where it would not let them."""
    names = {part["custom_id"] for part in walk(components) if "custom_id" in part}
    if unknown := set(values) - names:
        raise ValueError(f"the form has no {sorted(unknown)}, but {sorted(names)}")
    return [_fill_one(part, values) for part in components]


def _fill_one(part: JSON, values: dict[str, Any]) -> JSON:
    if part["type"] == ROW:
        return {"type": ROW, "id": part["id"], "components": [_fill_one(inner, values) for inner in part["components"]]}
    if part["type"] == LABEL:
        return {"type": LABEL, "id": part["id"], "component": _fill_one(part["component"], values)}
    filled: JSON = {"type": part["type"], "id": part["id"]}
    if "custom_id" not in part:
        return filled
    filled["custom_id"] = part["custom_id"]
    return filled | _answer(part, values.get(part["custom_id"]))


def _answer(part: JSON, given: Any) -> JSON:
    if part["type"] == INPUT:
        return {"value": _write(part, part.get("value", "") if given is None else given)}
    if part["type"] == CHECKBOX:
        return {"value": bool(part.get("default") if given is None else given)}
    chosen = _choose(part, given)
    if part["type"] == RADIO:
        return {"value": chosen[0] if chosen else None}
    return {"values": chosen}


def _write(part: JSON, text: str) -> str:
    low, high = part.get("min_length") or 0, part.get("max_length") or 4000
    if part.get("required", True) and not text.strip():
        raise ValueError(f"{part['custom_id']} must be filled in")
    if text and not low <= len(text) <= high:
        raise ValueError(f"{part['custom_id']} takes {low} to {high} characters, not {len(text)}")
    return text


def _choose(part: JSON, given: Any) -> list[str]:
    defaults = [option["value"] for option in part.get("options", []) if option.get("default")]
    chosen = defaults if given is None else [given] if isinstance(given, str) else list(given)
    offered = [option["value"] for option in part.get("options", [])]
    if offered and (strange := [value for value in chosen if value not in offered]):
        raise ValueError(f"{part['custom_id']} does not offer {strange}, but {offered}")
    low = part.get("min_values", 1) if part.get("required", True) else 0
    high = 1 if part["type"] == RADIO else part.get("max_values", len(offered) if part["type"] == CHECKBOXES else 1)
    if not low <= len(chosen) <= high:
        raise ValueError(f"{part['custom_id']} takes {low} to {high} choices, not {len(chosen)}")
    return chosen
