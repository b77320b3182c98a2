"""Posts by their ids, and how the loopback X writes them."""

import pytest
from tweepy.errors import BadRequest

from adapters.testing.host import START


async def read(tweepy, *posts, **parameters):
    return await tweepy.get_tweets([post.remote_id for post in posts], user_auth=True, **parameters)


@pytest.fixture
def root(network, asker):
    return network.post(asker, "Who still prints?")


async def test_what_cannot_be_read_is_named_with_the_reason(network, tweepy, asker, ada, grace, alan, root):
    visible = network.reply(ada, root, "Visible.")
    deleted, protected, suspended = (network.reply(who, root, "Not.") for who in (ada, grace, alan))
    network.delete(deleted)
    network.protect(grace)
    network.suspend(alan)
    answer = await read(tweepy, visible, deleted, protected, suspended)
    assert [post["id"] for post in answer["data"]] == [visible.remote_id]
    reasons = {error["resource_id"]: error["type"].rsplit("/", 1)[1] for error in answer["errors"]}
    assert reasons == {
        deleted.remote_id: "resource-not-found",
        protected.remote_id: "not-authorized-for-resource",
        suspended.remote_id: "not-authorized-for-resource",
    }


async def test_users_that_cannot_be_read_are_named(network, tweepy, ada, grace):
    network.suspend(grace)
    answer = await tweepy.get_users(ids=[ada.id, grace.id, "12"], user_fields=["protected"], user_auth=True)
    assert [(user["username"], user["protected"]) for user in answer["data"]] == [(ada.handle, False)]
    assert [error["resource_id"] for error in answer["errors"]] == [grace.id, "12"]


async def test_a_handle_can_change_and_the_id_stays(network, tweepy, ada):
    network.rename(ada, "countess")
    answer = await tweepy.get_user(username="Countess", user_auth=True)
    assert answer["data"] == {"id": ada.id, "name": "Ada", "username": "countess"}


async def test_an_edit_has_an_id_of_its_own_and_the_old_words_stay_readable(network, tweepy, asker, ada, root):
    old = network.reply(ada, root, "Ten years of it.")
    new = network.edit(old, "Eleven years of it.")
    words = {post["id"]: post["text"].partition(" ")[2] for post in (await read(tweepy, old, new))["data"]}
    assert words == {old.remote_id: "Ten years of it.", new.remote_id: "Eleven years of it."}
    mentions = await tweepy.get_users_mentions(asker.id, user_auth=True)
    assert [post["id"] for post in mentions["data"]] == [new.remote_id]
    assert mentions["data"][0]["edit_history_post_ids"] == [old.remote_id, new.remote_id]


async def test_links_are_shortened_and_their_places_are_told(network, tweepy, ada):
    post = network.post(ada, "Read <b>https://example.org/a?b=1&c=2</b> & main.py")
    (shown,) = (await read(tweepy, post, tweet_fields=["entities"]))["data"]
    links = shown["entities"]["urls"]
    text = shown["text"]
    assert [text[link["start"] : link["end"]] for link in links] == [link["url"] for link in links]
    assert [link["expanded_url"] for link in links] == ["https://example.org/a?b=1&c=2", "http://main.py"]
    for link in links:
        text = text.replace(link["url"], "LINK")
    assert text == "Read &lt;b&gt;LINK&lt;/b&gt; &amp; LINK"


async def test_a_long_post_is_cut_and_its_note_is_whole(network, tweepy, asker, ada, root):
    words = "It cost us a day a week. " * 20
    reply = network.reply(ada, root, words)
    (shown,) = (await read(tweepy, reply, tweet_fields=["note_tweet"]))["data"]
    assert shown["text"].endswith("…")
    assert shown["note_post"]["text"] == f"@{asker.handle} {words.strip()}"


async def test_fields_come_only_where_they_are_asked_for(tweepy, root):
    (bare,) = (await read(tweepy, root))["data"]
    assert set(bare) == {"id", "text", "edit_history_post_ids"}
    (full,) = (await read(tweepy, root, tweet_fields=["author_id", "created_at", "conversation_id"]))["data"]
    assert full["created_at"] == "2026-11-16T08:00:00.000Z"
    assert full["conversation_id"] == root.remote_id
    assert START.isoformat(timespec="milliseconds").startswith(full["created_at"][:-1])


async def test_expansions_bring_what_they_name(network, tweepy, asker, ada, root):
    reply = network.reply(ada, root, "We do.")
    answer = await read(tweepy, reply, expansions=["author_id", "referenced_tweets.id"])
    assert [user["id"] for user in answer["includes"]["users"]] == [ada.id]
    assert [post["id"] for post in answer["includes"]["posts"]] == [root.remote_id]
    assert answer["data"][0]["referenced_posts"] == [{"type": "replied_to", "id": root.remote_id}]


# ---------------------------------------------------------------- names before version 2.167 and in it


async def test_answers_can_come_in_the_old_names(network, tweepy, ada, root):
    network.behave(answers="old")
    reply = network.reply(ada, root, "We do.")
    fields = ["public_metrics", "author_id"]
    answer = await read(tweepy, reply, tweet_fields=fields, expansions=["referenced_tweets.id"])
    (post,) = answer["data"]
    assert post["edit_history_tweet_ids"] == [reply.remote_id]
    assert post["referenced_tweets"] == [{"type": "replied_to", "id": root.remote_id}]
    assert "retweet_count" in post["public_metrics"]
    assert [post["id"] for post in answer["includes"]["tweets"]] == [root.remote_id]
    network.delete(reply)
    (error,) = (await read(tweepy, reply))["errors"]
    assert (error["resource_type"], error["type"]) == (
        "tweet",
        "https://api.twitter.com/2/problems/resource-not-found",
    )


@pytest.mark.parametrize(("taken", "name"), [("old", "tweet.fields"), ("new", "post.fields")])
async def test_one_spelling_alone_can_be_taken(network, tweepy, root, taken, name):
    network.behave(requests=taken)
    for sent in ("tweet.fields", "post.fields"):
        call = tweepy.request("GET", "/2/tweets", {"ids": root.remote_id, sent: "created_at"}, user_auth=True)
        if sent == name:
            await call
        else:
            with pytest.raises(BadRequest):
                await call
