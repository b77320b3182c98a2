"""What the loopback X shows in mentions, timelines and searches."""

from datetime import timedelta

import pytest
from tweepy.errors import BadRequest

from adapters.testing.host import START


def ids(answer):
    return [post["id"] for post in answer.get("data", ())]


async def read_mentions(tweepy, asker, **parameters):
    return await tweepy.get_users_mentions(asker.id, user_auth=True, **parameters)


async def search(tweepy, query, **parameters):
    return await tweepy.search_recent_tweets(query, user_auth=True, **parameters)


@pytest.fixture
def root(network, asker):
    return network.post(asker, "Who still prints?")


# ---------------------------------------------------------------- mentions


async def test_replies_at_any_depth_are_mentions_newest_first(network, tweepy, asker, ada, grace, root):
    first = network.reply(ada, root, "We do.")
    second = network.reply(grace, first, "So do we.")
    own = network.reply(ada, second, "Since when?")
    assert ids(await read_mentions(tweepy, asker)) == [post.remote_id for post in (own, second, first)]


async def test_a_reply_begins_with_the_handles_of_those_above(network, tweepy, asker, ada, grace, root):
    network.reply(grace, network.reply(ada, root, "We do & will."), "So do we.")
    second, first = (await read_mentions(tweepy, asker, tweet_fields=["display_text_range"]))["data"]
    assert first["text"] == f"@{asker.handle} We do &amp; will."
    assert second["text"] == f"@{ada.handle} @{asker.handle} So do we."
    begins, ends = second["display_text_range"]
    assert second["text"][begins:ends] == "So do we."


async def test_a_reply_without_the_handle_is_no_mention_but_in_the_conversation(network, tweepy, asker, ada, root):
    kept = network.reply(ada, root, "With it.")
    hidden = network.reply(ada, root, "Without it.", without=[asker])
    below = network.reply(ada, hidden, "And on.")
    assert ids(await read_mentions(tweepy, asker)) == [kept.remote_id]
    found = ids(await search(tweepy, f"conversation_id:{root.remote_id} -@{asker.handle} -from:{asker.handle}"))
    assert found == [below.remote_id, hidden.remote_id]


async def test_only_the_newest_800_mentions_are_there(network, tweepy, asker, ada, root):
    written = network.reply_often(root, [(ada, f"number {number}") for number in range(803)])
    read, token = [], None
    while True:
        page = await read_mentions(tweepy, asker, max_results=100, pagination_token=token)
        read += ids(page)
        if (token := page["meta"].get("next_token")) is None:
            break
    assert read == [post.remote_id for post in reversed(written[3:])]


async def test_since_id_leaves_out_what_is_known(network, tweepy, asker, ada, root):
    written = network.reply_often(root, [(ada, f"number {number}") for number in range(4)])
    new = await read_mentions(tweepy, asker, since_id=written[1].remote_id)
    assert ids(new) == [written[3].remote_id, written[2].remote_id]
    assert new["meta"] == {"result_count": 2, "newest_id": written[3].remote_id, "oldest_id": written[2].remote_id}
    assert await read_mentions(tweepy, asker, since_id=written[3].remote_id) == {"meta": {"result_count": 0}}


async def test_pages_end_where_nothing_is_left(network, tweepy, asker, ada, root):
    written = network.reply_often(root, [(ada, f"number {number}") for number in range(12)])
    first = await read_mentions(tweepy, asker, max_results=6)
    network.reply(ada, root, "between two pages")
    second = await read_mentions(tweepy, asker, max_results=6, pagination_token=first["meta"]["next_token"])
    assert [*ids(first), *ids(second)] == [post.remote_id for post in reversed(written)]
    assert "next_token" not in second["meta"]


async def test_a_page_can_be_smaller_than_asked_for(network, tweepy, asker, ada, root):
    network.behave(page_size=2)
    network.reply_often(root, [(ada, f"number {number}") for number in range(3)])
    assert len(ids(await read_mentions(tweepy, asker, max_results=100))) == 2


async def test_a_token_of_nobody_is_refused(tweepy, asker):
    with pytest.raises(BadRequest):
        await read_mentions(tweepy, asker, pagination_token="bm9uc2Vuc2U")


async def test_a_since_id_older_than_a_week_is_refused(network, tweepy, asker, ada, root):
    old = network.reply(ada, root, "Long ago.")
    network.set_clock(START + timedelta(days=7))
    await read_mentions(tweepy, asker, since_id=old.remote_id)
    network.set_clock(START + timedelta(days=7, minutes=1))
    for call in (read_mentions(tweepy, asker, since_id=old.remote_id), search(tweepy, "x", since_id=old.remote_id)):
        with pytest.raises(BadRequest, match="must be a tweet id created after"):
            await call
    assert len(ids(await tweepy.get_users_tweets(asker.id, since_id=str(int(root.remote_id) - 1), user_auth=True))) == 1


@pytest.mark.parametrize("act", ["protect", "suspend"])
async def test_hidden_authors_are_in_no_list_and_in_no_count(network, tweepy, asker, ada, grace, root, act):
    network.reply(ada, root, "Hidden later.")
    stays = network.reply(grace, root, "Here to stay.")
    getattr(network, act)(ada)
    assert ids(await read_mentions(tweepy, asker)) == [stays.remote_id]
    assert stays.remote_id in ids(await search(tweepy, f"conversation_id:{root.remote_id} is:reply"))
    assert await count_replies(tweepy, root) == 1
    getattr(network, act)(ada, on=False)
    assert await count_replies(tweepy, root) == 2


async def test_deleted_posts_are_in_no_list_and_in_no_count(network, tweepy, asker, ada, grace, root):
    above = network.reply(ada, root, "Deleted later.")
    below = network.reply(grace, above, "Still here.")
    network.delete(above)
    assert ids(await read_mentions(tweepy, asker)) == [below.remote_id]
    assert await count_replies(tweepy, root) == 0


async def test_only_direct_replies_are_counted(network, tweepy, asker, ada, root):
    first = network.reply(ada, root, "Direct.")
    network.reply(ada, first, "Nested.")
    assert [await count_replies(tweepy, post) for post in (root, first)] == [1, 1]


async def count_replies(tweepy, post):
    answer = await tweepy.get_tweet(post.remote_id, tweet_fields=["public_metrics"], user_auth=True)
    return answer["data"]["public_metrics"]["reply_count"]


# ---------------------------------------------------------------- the own timeline


@pytest.mark.parametrize("lagging", ["timeline", "mentions", "search"])
async def test_each_list_lags_by_itself(network, tweepy, asker, ada, root, lagging):
    network.behave(**{f"{lagging}_lag": 60})
    network.reply(ada, root, "We do.")
    reads = {
        "timeline": lambda: tweepy.get_users_tweets(asker.id, user_auth=True),
        "mentions": lambda: read_mentions(tweepy, asker),
        "search": lambda: search(tweepy, f"conversation_id:{root.remote_id}"),
    }
    for name, read in reads.items():
        assert bool(ids(await read())) == (name != lagging)
    network.set_clock(START + timedelta(seconds=59))
    assert ids(await reads[lagging]()) == []
    network.set_clock(START + timedelta(seconds=60))
    assert len(ids(await reads[lagging]())) == (2 if lagging == "search" else 1)


async def test_a_poll_shows_its_votes_and_its_end(network, tweepy, asker, ada, grace, alan):
    post = network.post(asker, "Do you print?", ["yes", "no"], timedelta(hours=1))
    for who, option in ((ada, 0), (grace, 1), (alan, 1), (alan, 0)):
        network.vote(who, post, option)
    fields = ["duration_minutes", "end_datetime", "voting_status"]

    async def read_poll():
        page = await tweepy.get_users_tweets(
            asker.id, expansions=["attachments.poll_ids"], poll_fields=fields, user_auth=True
        )
        (poll,) = page["includes"]["polls"]
        assert page["data"][0]["attachments"]["poll_ids"] == [poll["id"]]
        return poll

    poll = await read_poll()
    assert [(option["label"], option["votes"]) for option in poll["options"]] == [("yes", 1), ("no", 2)]
    assert (poll["end_datetime"], poll["voting_status"]) == ("2026-11-16T09:00:00Z", "open")
    network.set_clock(START + timedelta(hours=1))
    assert (await read_poll())["voting_status"] == "closed"
    with pytest.raises(RuntimeError, match="has ended"):
        network.vote(asker, post, 0)


async def test_the_timeline_of_a_protected_account_is_its_own(network, tweepy, asker, ada):
    network.post(ada, "For friends.")
    network.protect(ada)
    answer = await tweepy.get_users_tweets(ada.id, user_auth=True)
    assert answer["errors"][0]["type"].endswith("/not-authorized-for-resource")
    assert "data" not in answer


# ---------------------------------------------------------------- searches


async def test_one_search_finds_several_conversations(network, tweepy, asker, ada):
    roots = [network.post(asker, f"Question {number}") for number in range(3)]
    replies = [network.reply(ada, root, f"Answer {number}") for number, root in enumerate(roots)]
    terms = " OR ".join(f"conversation_id:{root.remote_id}" for root in roots[:2])
    found = ids(await search(tweepy, f"({terms}) -from:{asker.handle}"))
    assert found == [replies[1].remote_id, replies[0].remote_id]


async def test_or_binds_less_than_and(network, tweepy, asker, ada, root):
    reply = network.reply(ada, root, "Tea, please.")
    assert ids(await search(tweepy, f"nothing OR tea from:{ada.handle}")) == [reply.remote_id]
    assert ids(await search(tweepy, f"(nothing OR tea) from:{asker.handle}")) == []
    assert ids(await search(tweepy, f"-(tea OR prints) from:{ada.handle}")) == []


@pytest.mark.parametrize("query", ["x" * 513, "(a", "a)", "OR a", "a OR", "lang_of:en"])
async def test_a_query_that_x_cannot_read_is_refused(tweepy, query):
    with pytest.raises(BadRequest):
        await search(tweepy, query)


async def test_the_longest_query_is_taken(tweepy):
    assert ids(await search(tweepy, "x" * 512)) == []


async def test_a_search_looks_back_seven_days(network, tweepy, asker, ada, root):
    network.set_clock(START + timedelta(days=1))
    late = network.reply(ada, root, "A day late.")
    network.set_clock(START + timedelta(days=7, minutes=1))
    assert ids(await search(tweepy, f"conversation_id:{root.remote_id}")) == [late.remote_id]
