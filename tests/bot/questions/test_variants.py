"""A platform that refuses repeats never sees the same text twice."""

from datetime import UTC, datetime

import pytest

from adapters.contract.capabilities import Capabilities, Limit
from adapters.contract.sending import Draft
from bot.questions.content import Content
from bot.questions.render import DoesNotFit
from bot.questions.variants import list_variants, vary

AT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
CAPABILITIES = Capabilities(limits=(Limit("characters", 60, len),), refuses_repeats=True)
QUESTION = Content(text="Do you?", zone="Europe/Berlin")
NOTICE = "Replies may be quoted."


def tell_apart(draft, said, content=QUESTION):
    varied = vary(draft, CAPABILITIES, said, content, AT)
    return [varied.root, *varied.thread]


def test_a_text_that_nobody_has_posted_stays_as_it_is():
    assert tell_apart(Draft("Do you?", (NOTICE,)), set()) == ["Do you?", NOTICE]


def test_a_text_that_was_posted_gets_the_local_date_then_the_time_then_a_number():
    said = set()
    for ending in ("", "\n\n16 Nov 2026", "\n\n16 Nov 2026, 09:00", "\n\n16 Nov 2026, 09:00 (2)"):
        (_, notice) = tell_apart(Draft("Do you?", (NOTICE,)), said | {"Do you not?"})
        assert notice == NOTICE + ending
        said.add(notice)


def test_the_date_is_in_the_questions_language():
    german = Content(text="Und Sie?", zone="Europe/Berlin", language="de")
    assert tell_apart(Draft("Und Sie?"), {"Und Sie?"}, german) == ["Und Sie?\n\n16. Nov. 2026"]


def test_two_equal_texts_of_one_draft_are_told_apart_too():
    assert tell_apart(Draft("Do you?", ("Do you?",)), set()) == ["Do you?", "Do you?\n\n16 Nov 2026"]


def test_where_there_is_no_room_for_a_date_it_is_refused_with_what_to_change():
    long = "Which habit of yours would you give up at last, and why so?"
    assert tell_apart(Draft(long), set()) == [long]
    with pytest.raises(DoesNotFit, match="was posted there before, which is refused, and there is no room for a date"):
        tell_apart(Draft(long), {long})


def test_ten_equal_texts_of_a_minute_are_told_apart_and_the_next_is_refused():
    said = set(list_variants("Do you?", AT, "UTC", "en"))
    assert len(said) == 11
    with pytest.raises(DoesNotFit):
        vary(Draft("Do you?"), CAPABILITIES, said, Content(text="Do you?"), AT)
