"""A link is enough: somebody's post is looked up and its replies are collected without a login."""

import pytest

from adapters.bluesky.links import parse_uri
from adapters.contract.errors import Rejected, Unauthorized
from tests.adapters.bluesky.collecting import Collection, watch

pytestmark = pytest.mark.bluesky


@pytest.fixture
def post(ada):
    return ada.post("Wer druckt noch?", langs=["de"])


async def test_a_post_is_found_by_each_form_of_its_link(devnet, reader, ada, grace, post):
    grace.reply(post, "Ich.")
    devnet.settle()
    rkey = parse_uri(post.remote_id).rkey
    links = [f"https://bsky.app/profile/{ada.handle}/post/{rkey}", post.link, post.remote_id]
    found = [await reader.look_up(link) for link in links]
    assert found[0] == found[1] == found[2]
    assert found[0].reference == post
    assert (found[0].text, found[0].language, found[0].replies) == ("Wer druckt noch?", "de", 1)
    assert found[0].author.handle == ada.handle


async def test_replies_and_quotes_of_an_adopted_post_are_collected(devnet, reader, ada, grace, alan, post):
    nested = alan.reply(grace.reply(post, "Ich."), "Ich auch.", root=post)
    grace.quote(post, "Gute Frage.")
    ada.reply(nested, "Danke!", root=post)
    devnet.settle()
    collection = Collection()
    assert await collection.run(reader, watch(post)) == ["Danke!", "Gute Frage.", "Ich auch.", "Ich."]
    assert await collection.run(reader, watch(post)) == []
    grace.quote(post, "Noch einmal.")
    devnet.settle()
    assert "Noch einmal." in await collection.run(reader, watch(post))


async def test_a_post_in_the_middle_of_a_thread_can_be_adopted(devnet, reader, ada, grace, alan, post):
    asked = grace.reply(post, "And who binds?")
    alan.reply(asked, "I bind.", root=post)
    alan.reply(post, "Elsewhere.")
    devnet.settle()
    assert await Collection().run(reader, watch(asked)) == ["I bind."]


async def test_whom_the_asker_blocks_is_not_collected(devnet, reader, ada, grace, alan, post):
    grace.reply(post, "From someone blocked.")
    alan.reply(post, "Fine.")
    ada.block(grace)
    devnet.settle()
    assert await Collection().run(reader, watch(post)) == ["Fine."]


async def test_a_deleted_post_is_rejected(devnet, reader, ada, post):
    ada.delete(post)
    devnet.settle()
    with pytest.raises(Rejected, match="there is no post at"):
        await reader.look_up(post.link)


async def test_a_handle_that_nobody_has_is_rejected(reader):
    with pytest.raises(Rejected, match=r"nobody on Bluesky has the handle 'nobody\.test'"):
        await reader.look_up("https://bsky.app/profile/nobody.test/post/3jzfcijpj2z2a")


async def test_without_an_account_nothing_can_be_posted(reader):
    with pytest.raises(Unauthorized, match="set handle and password"):
        await reader.identify()
