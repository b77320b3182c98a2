"""What a post will say: everything that is asked, in as few posts as fit, or a clear refusal."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.contract.capabilities import Capabilities, Limit
from adapters.sandbox.settings import SandboxSettings
from bot.questions.content import Content
from bot.questions.render import DoesNotFit, fits, render, render_reminder

CLOSES_AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
NOTICE = (
    "Replies may be quoted by name in The Review. Say what you do; 'no quote' to stay out, 'no name' to stay unnamed."
)


def draw(content, name="The Review", place="", **settings):
    capabilities = SandboxSettings(**settings).capabilities()
    return render(content, capabilities, name=name, place=place, closes_at=CLOSES_AT)


def test_a_short_question_is_one_post_with_its_notice():
    draft = draw(Content(text="What did you stop doing?"))
    assert (draft.root, draft.thread, draft.poll) == (f"What did you stop doing?\n\n{NOTICE}", (), None)


def test_every_line_of_a_question_is_said_in_its_order():
    content = Content(
        text="Which one?",
        options=("Tea", "Coffee"),
        wanted="People who run a kitchen, please.",
        asker="Ada",
        deadline="2026-11-20T18:00",
        zone="Europe/Berlin",
    )
    assert draw(content, polls=False).root.split("\n\n") == [
        "Which one?",
        "1. Tea\n2. Coffee",
        "People who run a kitchen, please.",
        "Reply with why.",
        "Asked by Ada.",
        "Answers by 20 Nov 2026, 18:00 (Europe/Berlin), please.",
        NOTICE,
    ]


def test_options_are_the_native_poll_where_there_is_one():
    draft = draw(Content(text="Which one?", options=("Tea", "Coffee")))
    assert draft.poll.options == ("Tea", "Coffee")
    assert draft.poll.closes_at == CLOSES_AT
    assert "1. Tea" not in draft.root


def test_the_language_of_the_question_chooses_the_words():
    assert "Zitat" in draw(Content(text="Was lasst ihr sein?", language="de")).root.replace("zitiert", "Zitat")


def test_a_hidden_outlet_is_not_named():
    root = draw(Content(text="What?", hide_outlet=True, outlet="The Secret")).root
    assert "The Secret" not in root
    assert "no quote" in root


def test_the_outlet_of_the_question_stands_before_that_of_the_config():
    assert "in The Other." in draw(Content(text="What?", outlet="The Other")).root


def test_a_notice_that_does_not_fit_is_the_first_self_reply():
    draft = draw(Content(text="x" * 250))
    assert (draft.root, draft.thread) == ("x" * 250, (NOTICE,))


def test_the_notice_stands_in_the_question_and_what_only_helps_goes_below():
    content = Content(text="x" * 165, wanted="People who run a kitchen, please.", asker="Ada")
    draft = draw(content)
    assert draft.root == "\n\n".join(["x" * 165, "Asked by Ada.", NOTICE])
    assert draft.thread == ("People who run a kitchen, please.",)


def test_the_notice_stands_in_the_question_of_a_thread_where_the_first_sentence_leaves_room():
    draft = draw(Content(text=" ".join(["What did you stop doing this year, and what happened?"] * 8), thread=True))
    assert draft.root.endswith(NOTICE)
    assert all(NOTICE not in text for text in draft.thread)


def test_a_poll_that_the_deadline_ends_lasts_whole_steps():
    asked_at = datetime(2026, 11, 20, 9, 17, tzinfo=UTC)
    content = Content(text="Which one?", options=("Tea", "Coffee"), deadline="2026-11-20T18:00")
    capabilities = SandboxSettings(poll_step=timedelta(hours=1)).capabilities()
    ends_at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    draft = render(content, capabilities, name="The Review", place="", closes_at=ends_at, asked_at=asked_at)
    assert draft.poll.closes_at == datetime(2026, 11, 20, 18, 17, tzinfo=UTC)


def test_without_threads_a_notice_that_does_not_fit_is_refused():
    with pytest.raises(DoesNotFit, match=r"the text is 364 characters long, 300 are allowed: shorten it$"):
        draw(Content(text="x" * 250), threads=False)


def test_a_text_that_does_not_fit_is_refused_with_what_would_help():
    with pytest.raises(DoesNotFit, match=r"400 characters long, 300 are allowed: shorten it, or allow a thread"):
        draw(Content(text="x" * 400))


def test_a_limit_counts_what_readers_see_where_the_platform_does():
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert draw(Content(text=family * 300)).root == family * 300


def test_every_limit_holds():
    both = Capabilities(
        limits=(
            Limit("graphemes", 300, len),
            Limit("bytes", 400, lambda text: len(text.encode())),
        )
    )
    with pytest.raises(DoesNotFit, match="the text is 560 bytes long, 400 are allowed"):
        render(Content(text="ü" * 280), both, name="The Review", place="", closes_at=CLOSES_AT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"options": tuple("abcde")}, "a poll here has 2 to 4 options, the question has 5: change 'options' or leave"),
        ({"options": ("x" * 51, "y")}, "is 51 characters long, 50 are allowed: shorten it"),
        ({"options": ("x", "y"), "closes_after": "30d"}, "runs 5m to 2w in steps of 1m, the question closes after 30d"),
    ],
)
def test_a_poll_that_the_platform_would_refuse_is_refused(content, message):
    with pytest.raises(DoesNotFit, match=message):
        draw(Content.model_validate({"text": "Which?"} | content))


def test_a_missing_place_is_refused_and_all_problems_are_told_at_once():
    with pytest.raises(DoesNotFit) as caught:
        draw(Content(text="x" * 400, options=tuple("abcde")), needs_place=True)
    assert len(caught.value.problems) == 3
    assert draw(Content(text="Which?"), needs_place=True, place="general").place == "general"


def test_a_reminder_names_the_close_in_the_questions_own_zone():
    content = Content(text="What?", zone="Europe/Berlin")
    text = render_reminder(content, SandboxSettings().capabilities(), CLOSES_AT)
    assert "23 Nov 2026, 09:00 (Europe/Berlin)" in text
    with pytest.raises(DoesNotFit):
        render_reminder(content, SandboxSettings(text_limit=20).capabilities(), CLOSES_AT)


# ---------------------------------------------------------------- for any question

sentences = st.lists(st.text("abcdefgh", min_size=1, max_size=60).map(lambda text: f"{text}."), min_size=1, max_size=20)
options = st.lists(st.text("klmnop", min_size=1, max_size=20), max_size=4, unique=True).filter(lambda o: len(o) != 1)


@given(sentences, options, st.booleans(), st.booleans(), st.integers(110, 300))
def test_nothing_is_cut_and_every_post_fits_or_nothing_is_sent(spoken, listed, thread, polls, limit):
    content = Content(text=" ".join(spoken), options=tuple(listed), thread=thread)
    try:
        draft = draw(content, polls=polls, text_limit=limit)
    except DoesNotFit as refusal:
        assert refusal.problems  # noqa: PT017  # either it fits, or it says why not
        return
    texts = [draft.root, *draft.thread]
    assert all(fits(text, SandboxSettings(text_limit=limit).capabilities()) for text in texts)
    said = " ".join(texts)
    assert [word for word in re.split(r"\s+", said) if word in spoken] == spoken
    assert said.count(NOTICE) == 1
    if listed and not polls:
        assert all(f"{number}. {option}" in draft.root for number, option in enumerate(listed, 1))
    assert draft.root.startswith(spoken[0])


def test_votes_by_buttons_are_printed_and_offered():
    content = Content(text="Yes or no?", options=("Yes", "No"), votes="buttons", hide_results=True)
    draft = draw(content, most_buttons=5)
    assert (draft.vote_by_buttons, draft.hide_results) == (True, True)
    assert draft.poll.options == ("Yes", "No")
    assert "1. Yes\n2. No" in draft.root


def test_where_there_are_no_buttons_a_network_has_what_it_has():
    content = Content(text="Yes or no?", options=("Yes", "No"), votes="buttons")
    assert not draw(content).vote_by_buttons
    assert draw(content).poll is not None
    assert "1. Yes" in draw(content, polls=False).root


def test_more_options_than_buttons_are_refused():
    content = Content(text="Which?", options=tuple("abcdef"), votes="buttons")
    with pytest.raises(DoesNotFit, match="at most 5 options"):
        draw(content, most_buttons=5)


@pytest.mark.parametrize(
    ("given", "why"),
    [({"hide_results": True, "options": ("a", "b")}, "shows its results"), ({"votes": "buttons"}, "need options")],
)
def test_what_cannot_be_hidden_or_pressed_is_refused(given, why):
    with pytest.raises(ValueError, match=why):
        Content(text="Which?", **given)


@pytest.mark.parametrize(("language", "said"), [("en", "without your yes"), ("de", "nur mit eurem Ja")])
def test_where_leave_is_asked_first_the_notice_says_so(language, said):
    draft = draw(Content(text="Which?", language=language), consent_first=True)
    assert said in draft.root
    assert "The Review" in draft.root
