"""What a question is filled in with, when it is asked and when it is changed."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.commands.parts.acts import Call
from bot.commands.parts.shown import Choice, Field, Pick
from bot.desk import DeskError
from bot.questions.content import Content
from bot.questions.moments import read_close
from bot.words.faults import explain_fault

LONGEST_QUESTION = 1_800
LONGEST_OPTIONS = 1_000
UNSAID, UNWANTED = "unsaid", "unwanted"
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


def list_call_out(call: Call, filled: Mapping[str, Any]) -> tuple[Field | Pick, ...]:
    """What stands in the post and in the text of a call-out beside the question."""
    labels = call.labels["ask"]

    def ask(name: str) -> Field:
        return Field(name, labels[name], labels[f"{name}_hint"], filled.get(name, ""), required=False)

    def choose(name: str, known: Mapping[str, str]) -> Pick:
        chosen = filled.get(name) or UNSAID
        choices = [Choice(value, label, chosen=value == chosen) for value, label in known.items()]
        return Pick(name, labels[name], tuple(choices), labels[f"{name}_hint"])

    return (
        ask("asker"),
        ask("region"),
        ask("medium"),
        choose("link", labels["links"]),
        choose("machine", labels["machines"]),
    )


def read_call_out(filled: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in there, as `Content` has it."""
    link, machine = (filled.get(name) or UNSAID for name in ("link", "machine"))
    said = {name: filled.get(name, "").strip() for name in ("asker", "region", "medium")}
    return said | {"link": "" if link == UNSAID else link, "human_only": machine == UNWANTED}


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
