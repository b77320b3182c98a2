"""Ids carry what is needed after a restart; forms and menus keep Discord's limits; what is filled in is read back."""

import pytest

from adapters.discord.sending.keys import ANSWER, CONSENT, FORM, SAVE, VOTE, read_id, write_id
from adapters.testing import RecordingHost
from bot.commands.install import ACTS, make_member_acts
from bot.commands.parts.components import make_link, make_modal, make_view, read_form
from bot.commands.parts.shown import Button, Choice, Field, Form, LinkButton, Menu, Pick


def test_an_id_says_what_it_does_and_to_what():
    assert read_id(write_id("review-keep", (17, "", "ab12"))) == ("review-keep", ("17", "", "ab12"))


@pytest.mark.parametrize(
    "custom_id", ["", "pq:answer:1", "pq:desk:", "pq:desk:KEEP:1", "pq:desk:keep:a b", "xpq:desk:keep"]
)
def test_other_ids_are_none_of_ours(custom_id):
    assert read_id(custom_id) is None


@pytest.mark.parametrize("arg", ["a:b", "a b", "é", "x" * 100])
def test_an_id_that_discord_or_we_could_not_read_is_never_made(arg):
    with pytest.raises(ValueError, match="no id"):
        write_id("keep", (arg,))


async def test_a_view_has_its_rows_and_holds_nothing_in_memory():
    menu = Menu("choose", "queue-one", (Choice("1", "first", "x" * 200), Choice("2", "y" * 200)))
    view = make_view(([Button("Keep", "keep", (1,)), LinkButton("Open", "https://example.org")], menu))
    assert view is not None
    assert view.is_finished()
    rows = view.to_components()
    assert [[each["type"] for each in row["components"]] for row in rows] == [[2, 2], [3]]
    assert rows[1]["components"][0]["options"][0]["description"] == "x" * 99 + "…"
    assert rows[1]["components"][0]["options"][1]["label"] == "y" * 99 + "…"


async def test_nothing_to_press_is_no_view():
    assert make_view(()) is None


async def test_a_form_keeps_what_stands_in_it_and_is_read_back_without_it():
    where = Pick("where", "Where", (Choice("a:1", "here", chosen=True), Choice("b", "there")), most=2)
    form = Form("T" * 60, "ask-form", (Field("text", "Question", "a hint", "so far", long=True), where), ("7",))
    shown = make_modal(form).to_dict()
    assert len(shown["title"]) == 45
    text, pick = (label["component"] for label in shown["components"])
    assert (text["custom_id"], text["value"], text["style"]) == ("text", "so far", 2)
    assert [option["default"] for option in pick["options"]] == [True, False]
    handed_in = {
        "custom_id": shown["custom_id"],
        "components": [
            {"type": 18, "component": {"type": 4, "custom_id": "text", "value": "Why?"}},
            {"type": 18, "component": {"type": 3, "custom_id": "where", "values": ["a:1", "b"]}},
            {"type": 1, "components": [{"type": 4, "custom_id": "old", "value": "row"}]},
            {"type": 10, "id": 4},
        ],
    }
    assert read_form(handed_in) == {"text": "Why?", "where": ("a:1", "b"), "old": "row"}


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "discord://x", "https://example.org/" + "x" * 600])
def test_a_page_that_discord_would_not_open_gets_no_button(url):
    assert make_link("Open", url) is None


def test_the_acts_whose_names_stand_in_ids_are_there():
    """A button that Discord still shows must find its act: none of these is ever renamed."""
    named = """
    ask-change ask-discard ask-form ask-yes forget-no forget-yes mine-edit mine-edited mine-turn mine-withdraw
    mine-withdrawn queue-again queue-approve queue-back queue-decline queue-declined queue-edit queue-edited
    queue-extend queue-one queue-pause queue-post queue-remind queue-reminded queue-resume queue-take-back
    queue-taken-back resume-all resume-one review-aside review-ask review-choose review-chosen review-credit
    review-credited review-keep review-maybe review-set-aside review-skip review-undo review-used review-was-used
    """
    assert set(named.split()) <= ACTS.keys()
    assert make_member_acts(RecordingHost()).keys() >= {ANSWER, FORM, VOTE, CONSENT, SAVE}
