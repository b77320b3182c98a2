"""`no quote` is honoured, in any language, wherever a person would put it."""

import pytest

from bot.quotes import asks_not_to_be_quoted


@pytest.mark.parametrize(
    "text",
    [
        "no quote",
        "No quote!",
        "  NO QUOTE  ",
        "'no quote'",
        "no-quote",
        "noquote",
        "#noquote",
        "No quotes please",
        "No quote: I worked there for six years.",
        "no quote - we lost the whole cluster",
        "We lost the whole cluster in 2023. No quote.",
        "We lost the whole cluster in 2023 (no quote)",
        "We lost the whole cluster in 2023 no quote",
        "We lost the whole cluster.\n\nno quote 🙏",
        "It was me. No quote, please, my boss reads you.",
        "Happy to explain, but no quote please",
        "no quote\nWe lost the whole cluster in 2023.",
        "Please don’t quote me, but we never test restores.",
        "Don't quote me on this, it is about 40 %.",
        "Off the record: it was the certificate.",
        "I'd rather talk, I don't want to be quoted.",
        "Kein Zitat",
        "Kein Zitat bitte. Bei uns war es das Zertifikat.",
        "Bei uns war es das Zertifikat. Bitte nicht zitieren!",
        "Ich möchte nicht zitiert werden. Es war das Zertifikat.",
        "Ne pas citer. C'était le certificat.",
        "Por favor, no citar",
        "Graag niet citeren.",
        "stop",
        "STOP!",
        "Please stop it.",
        "opt-out",
    ],
)
def test_a_wish_to_stay_out_is_heard(text):
    assert asks_not_to_be_quoted(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "We keep postmortems.",
        "The builder gave us no quote.",
        "We had no quote, so we built it ourselves.",
        "There was no quote in the mail.",
        "No quote I have seen was under ten thousand.",
        "Quote me on this: it was the certificate.",
        "Please quote me with my full name.",
        "I have never heard a better quote.",
        "You can quote this, no problem.",
        "It set a record, and the city noticed.",
        "Zitieren ist in Ordnung.",
        "Stop doing guest posts.",
        "We stop at five.",
    ],
)
def test_other_words_are_no_wish_to_stay_out(text):
    assert not asks_not_to_be_quoted(text)
