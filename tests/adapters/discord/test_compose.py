"""From a draft to bodies: what Discord would refuse is found out first, and the bytes are the same each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.contract.errors import Rejected
from adapters.contract.forms import PostedQuestion
from adapters.contract.sending import Draft, Poll, Reference, Role
from adapters.discord.sending.compose import check_draft, complete_body, compose_parts
from adapters.discord.sending.keys import list_custom_ids
from adapters.discord.text import count_units, cut, escape
from adapters.testing.form_labels import FORM_LABELS
from adapters.testing.host import START

PLACE = "900000000000000002"
ROOT = Reference("1310000000000000000", "", {"channel": PLACE})
QUESTION = "Which habit made you better?"
ASKED = PostedQuestion(7, QUESTION, "The Weekly", ("log", "diary"), True, False, FORM_LABELS)


def make_draft(**parts):
    return replace(Draft(f"{QUESTION}\n\nSay why.", place=PLACE), **parts)


def make_poll(hours=24, options=("log", "diary")):
    return Poll(options, START + timedelta(hours=hours))


def bodies(draft, asked=ASKED, key="post-7", **options):
    return [part.payload.get("body") for part in compose_parts(draft, key, START, asked, **options)]


def test_the_answer_button_stands_below_the_question_and_names_its_post():
    (root,) = bodies(make_draft())
    assert root["content"] == f"{QUESTION}\n\nSay why."
    assert list_custom_ids(root) == ["pq:answer:7"]


def test_what_is_no_post_of_ours_has_no_button():
    assert all("components" not in body for body in bodies(make_draft(thread=("More.",)), None, "0123456789abcdef"))
    assert all("components" not in body for body in bodies(make_draft(thread=("Soon over.",)), None, "remind-7"))


def test_nothing_that_we_send_can_ping():
    for body in bodies(make_draft(root="@everyone <@&1> <@2>", thread=("@here",))):
        assert body["allowed_mentions"] == {"parse": [], "replied_user": False}


def test_a_native_poll_says_the_question_once_and_the_button_stands_below_it():
    root, below = bodies(make_draft(poll=make_poll()))
    assert root["poll"] == {
        "question": {"text": QUESTION},
        "answers": [{"poll_media": {"text": "log"}}, {"poll_media": {"text": "diary"}}],
        "duration": 24,
        "allow_multiselect": False,
        "layout_type": 1,
    }
    assert root["content"] == "Say why."
    assert "components" not in root
    assert list_custom_ids(below) == ["pq:answer:7"]
    assert below["content"] == FORM_LABELS["below_poll"]


def test_the_button_below_a_poll_stands_on_its_first_reply():
    root, below, last = bodies(make_draft(poll=make_poll(), thread=("Notice.", "More.")))
    assert [list_custom_ids(body) for body in (root, below, last)] == [[], ["pq:answer:7"], []]


def test_votes_by_buttons_are_no_poll_and_leave_a_row_for_the_answer():
    options = tuple(f"option {number} " + "x" * 100 for number in range(20))
    (root,) = bodies(make_draft(poll=make_poll(options=options), vote_by_buttons=True))
    assert "poll" not in root
    assert [len(row["components"]) for row in root["components"]] == [5, 5, 5, 5, 1]
    assert list_custom_ids(root)[:2] == ["pq:vote:7:0", "pq:vote:7:1"]
    labels = [button["label"] for row in root["components"] for button in row["components"]]
    assert all(count_units(label) <= 80 for label in labels)


def test_a_thread_is_a_part_of_its_own_for_a_question_and_not_for_a_reminder():
    parts = compose_parts(make_draft(), "post-7", START, ASKED, open_thread=True)
    assert (parts[-1].role, parts[-1].payload["thread"]["name"]) == (Role.GATE, QUESTION)
    assert all(
        part.role is not Role.GATE for part in compose_parts(make_draft(), "remind-7", START, None, open_thread=True)
    )


def test_a_self_reply_replies_to_the_root_and_only_to_a_root_that_stands():
    _, below = compose_parts(make_draft(thread=("More.",)), "post-7", START, ASKED)
    body = complete_body(below, [ROOT])
    assert body["message_reference"] == {
        "message_id": ROOT.remote_id,
        "channel_id": PLACE,
        "fail_if_not_exists": True,
    }
    with pytest.raises(Rejected, match="no message comes before it"):
        complete_body(below, [])


def test_a_nonce_is_of_one_part_of_one_post_of_one_database():
    def nonce(**changes):
        told = {"draft": make_draft(), "key": "post-7", "at": START, "asked": ASKED} | changes
        parts = compose_parts(told["draft"], told["key"], told["at"], told["asked"])
        return [part.payload["body"]["nonce"] for part in parts]

    same, other = nonce(), nonce()
    assert same == other
    assert all(len(each) == 25 for each in same)
    later, words, post = (
        nonce(at=START + timedelta(seconds=1)),
        nonce(draft=make_draft(root="Other words?")),
        nonce(key="post-8"),
    )
    assert len({*same, *later, *words, *post}) == 4
    assert len(set(nonce(draft=make_draft(thread=("Again.", "Again."))))) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": ""}, "needs a channel"),
        ({"place": "general"}, "'general' is no channel id"),
        ({"root": "x" * 2001}, "message 1 of 1 has 2001 characters; Discord takes 2000"),
        ({"thread": ("ok", " ")}, "message 3 of 3 is empty"),
        ({"poll": make_poll(options=("one",))}, "2 to 10 options"),
        ({"poll": make_poll(options=tuple("abcdefghijk"))}, "2 to 10 options, not 11"),
        ({"poll": make_poll(options=("a", "x" * 56))}, "has 56 characters; Discord takes 55"),
        ({"poll": make_poll(hours=0.5)}, "1 to 768 whole hours"),
        ({"poll": make_poll(hours=1.5)}, "1 to 768 whole hours"),
        ({"poll": make_poll(hours=769)}, "1 to 768 whole hours"),
        (
            {"poll": make_poll(options=tuple("abcdefghijklmnopqrstu")), "vote_by_buttons": True},
            "2 to 20 options, not 21",
        ),
    ],
)
def test_what_discord_would_refuse_is_refused_before(change, said):
    with pytest.raises(Rejected, match=said):
        check_draft(make_draft(**change), START)


def test_a_question_too_long_for_a_poll_is_refused():
    with pytest.raises(Rejected, match="the poll's question has 301 characters; Discord takes 300"):
        bodies(make_draft(poll=make_poll()), replace(ASKED, question="x" * 301))


def test_buttons_may_have_other_hours_than_a_poll():
    check_draft(make_draft(poll=make_poll(hours=1.5), vote_by_buttons=True), START)


@pytest.mark.parametrize(
    "text", ["**b** _i_ `c` ||s||", "[a](https://b)", "https://b", "<@1> <#2> @everyone", "# h\n> q\n- l"]
)
def test_escaped_text_means_nothing_and_reads_as_it_was(text):
    shown = escape(text)
    assert shown.replace("\\", "") == text
    assert "://" not in shown
    assert "<@" not in shown


def test_a_cut_text_parts_no_character_and_ends_with_an_ellipsis():
    assert cut("short", 5) == "short"
    assert cut("🙂🙂🙂", 4) == "🙂…"
    assert cut(r"ab\*cd", 4) == "ab…"
