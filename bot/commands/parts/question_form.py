"""What a question is filled in with, when it is asked and when it is changed."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.commands.parts.acts import Call
from bot.commands.parts.shown import Field, Pick
from bot.desk import DeskError
from bot.questions.content import Content
from bot.questions.moments import read_close
from bot.words.faults import explain_fault

LONGEST_QUESTION = 1_800
LONGEST_OPTIONS = 1_000
USUAL = {"closes": "7d", "enough": "5"}


def list_fields(call: Call, filled: Mapping[str, Any], last: Pick | None = None) -> tuple[Field | Pick, ...]:
    """The five fields, with what stands in them so far; `last` in place of how many answers are enough."""
    labels, filled = call.labels["ask"], USUAL | dict(filled)

    def ask(name: str, **more: Any) -> Field:
        return Field(name, labels[name], labels[f"{name}_hint"], filled.get(name, ""), **more)

    return (
        ask("text", long=True, most=LONGEST_QUESTION),
        ask("options", long=True, required=False, most=LONGEST_OPTIONS),
        ask("wanted", required=False),
        ask("closes", most=20),
        last or ask("enough", most=3),
    )


def read_filled(call: Call, filled: Mapping[str, Any], more: Mapping[str, Any]) -> Content:
    """The content of a filled form. `more`: what the form does not ask. Raises DeskError with all that is wrong."""
    filled = USUAL | dict(filled)
    closes, zone = filled["closes"].strip(), str(more.get("zone") or call.context.zone)
    try:
        return Content.model_validate(
            dict(more)
            | {
                "text": filled["text"].strip(),
                "options": [line.strip() for line in filled.get("options", "").splitlines() if line.strip()],
                "wanted": filled.get("wanted", "").strip(),
                "closes_after": read_close(closes, call.context.now(), zone) if closes else None,
                "enough": filled["enough"].strip(),
            }
        )
    except ValidationError as error:
        told = [_describe_error(call, found) for found in error.errors(include_url=False, include_context=False)]
        raise DeskError("\n".join(told)) from None
    except ValueError as error:
        raise DeskError(f"{call.labels['ask']['closes']}: {error}") from None


def _describe_error(call: Call, found: Mapping[str, Any]) -> str:
    name = str(found["loc"][0]) if found["loc"] else ""
    label = call.labels["ask"].get({"closes_after": "closes"}.get(name, name), "")
    message = explain_fault(found)
    return f"{label}: {message}" if label else message
