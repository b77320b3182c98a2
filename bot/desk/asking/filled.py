"""A question that is being written: the form of a face becomes its content, with what is wrong beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from bot.context import Context
from bot.desk.asking.ask import ask, has_time
from bot.desk.asking.forms import load_form
from bot.desk.asking.preview import Preview, preview
from bot.desk.errors import refuse
from bot.desk.find import find_question
from bot.desk.operating.logins import list_places, set_outlet
from bot.questions.clock import find_time_faults, nominal_now
from bot.questions.content import USUAL_DURATION, Content, split_account, write_duration
from bot.questions.moments import read_moment, suggest_closes
from bot.words import words
from bot.words.faults import explain_fault
from storage.accounts import accounts
from storage.models import Question
from storage.questions import questions

SOON = timedelta(hours=2)
OTHER = "other"
"""Of `closes`: not one of those that are offered, but the moment in `closes_at`."""
USUAL = {"closes": write_duration(SOON), "enough": "3", "pitches": "1"}


@dataclass(frozen=True, slots=True)
class Where:
    """An account to ask on. needs_place: a channel has to be named, such as one of `places`."""

    name: str
    platform: str
    needs_place: bool
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CloseChoice:
    """When it may close. value: of the field; moment: what that means now, aware UTC."""

    value: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a form. content: None where something is wrong. faults: a sentence each, by field; "" for what
    is wrong with all of it. due_at: None where it goes out at once.
    """

    content: Content | None = None
    faults: Mapping[str, str] | None = None
    due_at: datetime | None = None
    previews: tuple[Preview, ...] = ()

    @property
    def can_be_sent(self) -> bool:
        """Whether nothing is wrong with it, anywhere."""
        return bool(self.previews) and not self.faults and not any(each.problems for each in self.previews)


def list_wheres(context: Context) -> list[Where]:
    """The accounts that can post: those that only read are left out."""
    return [
        Where(
            account.name,
            account.platform.title,
            account.platform.capabilities_with(account.settings).needs_place,
            tuple(list_places(context.config, account.name)),
        )
        for account in context.config.accounts.values()
        if account.enabled and not account.implicit
    ]


def list_choices(context: Context, zone: str) -> list[CloseChoice]:
    """When a question that is asked now may close: soon, or at the hours at which people hand in."""
    now = context.now()
    soon = CloseChoice(write_duration(SOON), now + SOON)
    return [soon, *(CloseChoice(nominal_now(each, zone), each) for each in suggest_closes(now, zone))]


async def find_posting(context: Context) -> dict[str, int]:
    """The ids of the accounts that can post, by name."""
    async with context.store.read() as session:
        known = await accounts.load_accounts(session)
    return {each.name: known[each.name].id for each in list_wheres(context)}


# ---------------------------------------------------------------- reading


async def understand(context: Context, filled: Mapping[str, Any], zone: str, language: str = "en") -> Understood:
    """What would be sent, as each network will show it; nothing is. language: of what is said about it."""
    faults = _Faults(words(language)["filled"])
    now = context.now()
    due_at = None
    if filled.get("when", "at") == "at" and (text := str(filled.get("at", "")).strip() or filled.get("when")):
        due_at = _read_moment(faults, "at", text, now, zone)
    values: dict[str, Any] = {
        "text": str(filled.get("text", "")).strip(),
        "options": [line.strip() for line in str(filled.get("options", "")).splitlines() if line.strip()],
        "wanted": str(filled.get("wanted", "")).strip(),
        "why": str(filled.get("why", "")).strip(),
        "enough": str(filled.get("enough") or USUAL["enough"]).strip(),
        "language": str(filled.get("language") or context.config.pullquote.language),
        "thread": bool(filled.get("thread")),
        "outlet": context.name or str(filled.get("outlet", "")).strip(),
        "hide_outlet": bool(filled.get("hide_outlet")),
        **{key: str(filled.get(key, "")).strip() for key in ("asker", "region", "medium", "link")},
        "human_only": bool(filled.get("human_only")),
        "pitches": str(filled.get("pitches") or USUAL["pitches"]).strip(),
        "zone": zone,
        "at": None if due_at is None else nominal_now(due_at, zone),
        "deadline": _read_close(faults, filled, due_at or now, zone),
        "accounts": _read_accounts(faults, context, filled),
    }
    if not values["text"]:
        return Understood(faults=faults | {"text": ""}, due_at=due_at)
    if not (values["outlet"] or values["hide_outlet"]):
        faults.note("outlet", "outlet")
    try:
        content = Content.model_validate(values)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False):
            faults.setdefault(str(found["loc"][0]) if found["loc"] else "", explain_fault(found, language))
        return Understood(faults=faults, due_at=due_at)
    if late := find_time_faults(content, due_at or now):
        faults.setdefault("closes", late[0])
    previews = await preview(context, content, await find_posting(context), now) if content.accounts else []
    return Understood(content, faults, due_at, tuple(previews))


class _Faults(dict[str, str]):
    """By field. The first that is found of one is what is said."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def note(self, field: str, what: str, **given: str) -> None:
        self.setdefault(field, self._sentences[what].format(**given))


def _read_moment(faults: _Faults, field: str, text: str, now: datetime, zone: str) -> datetime | None:
    """None where what is given has no place on the clock: the past has none."""
    try:
        return read_moment(text, now, zone)
    except ValueError as error:
        faults.note(field, "over" if "is over" in str(error) else "no_moment")
    return None


def _read_close(faults: _Faults, filled: Mapping[str, Any], due_at: datetime, zone: str) -> str:
    """Until when answers help, in local time: it stands in the post, and closes it."""
    chosen = str(filled.get("closes") or USUAL["closes"])
    text = str(filled.get("closes_at", "")) if chosen == OTHER else chosen
    closes_at = _read_moment(faults, "closes", text, due_at, zone)
    return nominal_now(closes_at or due_at + USUAL_DURATION, zone)


def _read_accounts(faults: _Faults, context: Context, filled: Mapping[str, Any]) -> list[str]:
    """The entries of the accounts that are chosen; of a single one it need not be said."""
    wheres = list_wheres(context)
    chosen = filled.get("accounts", [])
    wanted = [each for each in wheres if each.name in chosen] or (wheres if len(wheres) == 1 else [])
    if not wanted:
        faults.note("accounts", "no_choice" if wheres else "no_account")
    entries = []
    for each in wanted:
        place = str(filled.get(f"place:{each.name}", "")).strip()
        if each.needs_place and not place:
            faults.note("accounts", "no_place", account=each.name)
        entries.append(f"{each.name}:{place}" if each.needs_place and place else each.name)
    return entries


async def fill_again(context: Context, workspace: str, slug: str) -> dict[str, Any]:
    """A form with what a question asked, to be asked again; when it closes is chosen anew. Raises DeskError."""
    async with context.store.read() as session:
        question = await find_question(session, workspace, slug)
        _, version = await questions.load_question(session, question.id)
    content = Content.model_validate(version.content)
    places = {f"place:{name}": place for name, place in map(split_account, content.accounts) if place}
    return places | {
        "text": content.text,
        "options": "\n".join(content.options),
        "wanted": content.wanted,
        "why": content.why,
        "enough": str(content.enough),
        "language": content.language,
        "thread": "yes" if content.thread else "",
        "outlet": content.outlet,
        "hide_outlet": "yes" if content.hide_outlet else "",
        "accounts": [split_account(entry)[0] for entry in content.accounts],
    }


# ---------------------------------------------------------------- sending


async def ask_filled(
    context: Context, workspace: str, by: str, draft_id: int, zone: str, *, language: str = "en"
) -> tuple[Question, bool]:
    """Make a question of a form, once; answers it, and whether it goes out now. The outlet, where it was asked for
    here, is written into the config. Raises DeskError.
    """
    filled = await load_form(context, workspace, by, draft_id)
    found = await understand(context, filled, zone, language)
    if found.faults or found.content is None:
        raise refuse("not_sent", why=tuple(filter(None, (found.faults or {}).values())))
    if not context.name and found.content.outlet and not found.content.hide_outlet:
        await set_outlet(context, found.content.outlet, zone)
    posting = await find_posting(context)
    question = await ask(context, found.content, posting, workspace=workspace, draft_id=draft_id)
    return question, not has_time(found.content)
