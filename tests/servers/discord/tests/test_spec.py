"""Discord's OpenAPI file is held against what is sent, what is answered and what is told."""

from itertools import chain

import pytest

from tests.servers.discord.spec import Spec

CREATE = ("POST", "/channels/{channel_id}/messages")


@pytest.fixture(scope="session")
def held():
    return {}


@pytest.fixture
def checked(spec, held):
    """The file, read once."""
    return held.setdefault("spec", Spec(spec))


@pytest.fixture
async def message(api, guild):
    return (await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?"})).json()


def test_a_wrong_request_is_found(checked):
    assert checked.check_request(*CREATE, {"content": "Why?", "nonce": "post-1", "enforce_nonce": True}) == []
    assert checked.check_request(*CREATE, {"content": 7})
    assert checked.check_request(*CREATE, {"content": "Why?", "nonce": "x" * 26})
    assert checked.check_request("DELETE", "/channels/{channel_id}", {"content": "a body"})


def test_a_key_that_nothing_there_has_is_found_however_deep(checked):
    button = {"type": 2, "style": 1, "label": "Answer", "custom_id": "a"}
    fine = {"components": [{"type": 1, "components": [button]}]}
    assert checked.check_request(*CREATE, fine) == []
    wrong = {"components": [{"type": 1, "components": [button | {"colour": "red"}]}]}
    assert checked.check_request(*CREATE, wrong) == ["unknown key /components/0/components/0/colour"]


def test_a_wrong_parameter_is_found(checked):
    listing = ("GET", "/channels/{channel_id}/messages")
    assert checked.check_query(*listing, {"limit": "100", "after": "7"}) == []
    assert checked.check_query(*listing, {"limit": "101"})
    assert checked.check_query(*listing, {"last": "7"})


def test_a_wrong_answer_is_found(checked, message):
    assert checked.check_answer(*CREATE, 200, message) == []
    assert checked.check_answer(*CREATE, 200, {key: message[key] for key in message if key != "author"})
    assert checked.check_answer(*CREATE, 200, message | {"id": 7})
    assert checked.check_answer(*CREATE, 200, message | {"timestamp": "yesterday"})
    assert checked.check_answer(*CREATE, 204, None)
    assert checked.check_answer(*CREATE, 429, {"message": "slower"})


def test_a_wrong_message_in_an_event_is_found(checked, message):
    assert checked.check_message(message | {"guild_id": "1"}) == []
    assert checked.check_message(message | {"type": 99})


def test_a_route_that_discord_does_not_have_is_known_for_it(checked):
    assert checked.knows("GET", "/users/@me")
    assert not checked.knows("GET", "/nowhere")


async def test_what_breaks_the_file_is_told_to_the_test(api, application, guild, checked):
    assert application.problems() == []
    await api.post(f"channels/{guild.general.id}/messages", json={"content": 7})
    assert application.problems()
    application.forget_problems()
    await api.get("nowhere")
    assert "is not served here" in application.problems()[0]
    application.forget_problems()


def test_without_the_file_nothing_is_checked():
    blind = Spec(None)
    assert not list(
        chain(blind.check_request(*CREATE, 7), blind.check_answer(*CREATE, 200, 7), blind.check_message({}))
    )
