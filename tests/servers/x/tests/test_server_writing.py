"""What the loopback X takes from a bot, and what it refuses."""

import pytest
from tweepy.errors import BadRequest, Forbidden, NotFound

DUPLICATE = "duplicate content"


@pytest.fixture
def post(tweepy):
    async def post(text, **parameters):
        return (await tweepy.create_tweet(text=text, user_auth=True, **parameters))["data"]["id"]

    return post


async def test_a_post_stands_and_is_logged(network, asker, post):
    id_ = await post("Who still prints?")
    assert network.standing(asker) == ["Who still prints?"]
    (change,) = network.changes()
    assert (change["change"], change["post"], change["author"]) == ("posted", id_, asker.id)
    assert (change["text"], change["parent"], change["root"]) == ("Who still prints?", "", id_)


async def test_what_is_logged_tells_edits_and_deletions_too(network, ada):
    post = network.post(ada, "Ten.")
    network.edit(post, "Eleven.")
    network.delete(post)
    assert [(change["change"], change["text"]) for change in network.changes()] == [
        ("posted", "Ten."),
        ("edited", "Eleven."),
        ("deleted", "Eleven."),
    ]


async def test_the_same_text_is_refused_while_the_first_stands(network, tweepy, asker, post):
    id_ = await post("Who still prints?")
    with pytest.raises(Forbidden, match=DUPLICATE) as refused:
        await post("Who still prints? ")
    assert refused.value.api_codes == []
    assert network.standing(asker) == ["Who still prints?"]
    await tweepy.delete_tweet(id_, user_auth=True)
    await post("Who still prints?")


async def test_another_account_may_say_the_same(network, ada, post):
    network.post(ada, "Who still prints?")
    await post("Who still prints?")


@pytest.mark.parametrize(("duplicates", "refused"), [("any", True), ("same_parent", False), ("none", False)])
async def test_how_x_takes_the_same_words_below_another_post(network, post, duplicates, refused):
    network.behave(duplicates=duplicates)
    one, other = await post("One"), await post("Other")
    await post("Replies may be quoted.", in_reply_to_tweet_id=one)
    if refused:
        with pytest.raises(Forbidden, match=DUPLICATE):
            await post("Replies may be quoted.", in_reply_to_tweet_id=other)
    else:
        await post("Replies may be quoted.", in_reply_to_tweet_id=other)


async def test_x_may_forget_what_it_took(network, asker, post):
    network.behave(duplicates="none")
    await post("Who still prints?")
    await post("Who still prints?")
    assert len(network.standing(asker)) == 2


async def test_the_longest_text_is_taken_and_a_longer_one_is_not(post):
    await post("x" * 280)
    with pytest.raises(Forbidden, match="too long"):
        await post("y" * 281)
    await post(f"https://example.org/{'z' * 300} {'x' * 256}")  # a link weighs 23
    with pytest.raises(Forbidden, match="too long"):
        await post("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 141)


@pytest.mark.parametrize("text", ["", "  "])
async def test_a_blank_text_is_refused(post, text):
    with pytest.raises(Forbidden):
        await post(text)


@pytest.mark.parametrize(
    "poll",
    [
        {"options": ["alone"], "duration_minutes": 60},
        {"options": ["1", "2", "3", "4", "5"], "duration_minutes": 60},
        {"options": ["yes", "x" * 26], "duration_minutes": 60},
        {"options": ["yes", ""], "duration_minutes": 60},
        {"options": ["yes", "no"], "duration_minutes": 4},
        {"options": ["yes", "no"], "duration_minutes": 10_081},
        {"options": ["yes", "no"]},
    ],
)
async def test_a_poll_beyond_the_limits_is_refused(need_spec, network, tweepy, asker, poll):
    with pytest.raises(BadRequest):
        await tweepy.request("POST", "/2/tweets", {}, {"text": "Do you print?", "poll": poll}, user_auth=True)
    assert network.standing(asker) == []


@pytest.mark.parametrize("body", [{"text": "x", "colour": "red"}, {"text": 3}, [], {"reply": {}}])
async def test_a_body_that_the_specification_does_not_know_is_refused(need_spec, network, tweepy, asker, body):
    with pytest.raises(BadRequest):
        await tweepy.request("POST", "/2/tweets", {}, body, user_auth=True)
    assert network.standing(asker) == []


@pytest.mark.parametrize("query", [{"max_results": "4"}, {"max_results": "101"}, {"colour": "red"}, {"since_id": "x"}])
async def test_a_query_that_the_specification_does_not_know_is_refused(need_spec, tweepy, asker, query):
    with pytest.raises(BadRequest):
        await tweepy.request("GET", f"/2/users/{asker.id}/mentions", query, user_auth=True)


async def test_answers_are_measured_with_the_specification(need_spec):
    """What X's file does not know would fail each test that sees it: `network` asks at the end."""
    assert need_spec.find_breach("posts", 200, {"data": [{"id": "1", "text": "x"}]}) is None
    for wrong in ({"data": [{"id": 1}]}, {"data": [{"id": "1", "colour": "red"}]}, {"tweets": []}):
        assert need_spec.find_breach("posts", 200, wrong)
    assert need_spec.find_breach("create", 200, {})


async def test_a_reply_to_who_never_named_us_is_refused(network, asker, ada, post):
    stranger = network.post(ada, "I print my own.")
    with pytest.raises(Forbidden, match="not been mentioned"):
        await post("How?", in_reply_to_tweet_id=stranger.remote_id)
    named = network.post(ada, f"I print my own, @{asker.handle}.")
    await post("How?", in_reply_to_tweet_id=named.remote_id)


async def test_a_reply_to_what_is_gone_is_refused(network, asker, ada, post):
    root = network.post(asker, "Who still prints?")
    reply = network.reply(ada, root, "We do.")
    network.delete(reply)
    with pytest.raises(Forbidden, match="deleted or not visible"):
        await post("Thank you.", in_reply_to_tweet_id=reply.remote_id)


async def test_deleting_is_for_ones_own_and_once(network, tweepy, ada, post):
    id_ = await post("Who still prints?")
    assert (await tweepy.delete_tweet(id_, user_auth=True))["data"] == {"deleted": True}
    with pytest.raises(NotFound):
        await tweepy.delete_tweet(id_, user_auth=True)
    with pytest.raises(Forbidden):
        await tweepy.delete_tweet(network.post(ada, "Mine.").remote_id, user_auth=True)


async def test_an_answer_that_the_specification_does_not_know_is_noted(need_spec, network, tweepy, ada):
    network._call("change_account", who=ada.id, name=3)
    await tweepy.get_users(ids=[ada.id], user_auth=True)
    assert network.breaches() == ["users: $.data[0].name: 3 is not of type 'string'"]
    network.reset()
