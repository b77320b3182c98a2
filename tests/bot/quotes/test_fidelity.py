"""A quote is proven word for word, or it fails and cannot leave."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.quotes import Caution, Edit, EditKind, Fidelity, QuoteSource, prove_quote

VECTORS = Path(__file__).parents[4] / "shared" / "verbatim.jsonl"
SAID = "We ran 3 pilots — Canary, I’d say, can't hurt… unless you never roll back. So we won't skip it"


def read_vectors():
    return [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()] if VECTORS.exists() else []


@pytest.mark.skipif(not VECTORS.exists(), reason="the vectors that the parts of the work share stand beside the tree")
def test_the_shared_vectors_are_answered_as_written():
    wrong = []
    for vector in read_vectors():
        proof = prove_quote(vector["source"], vector["quote"])
        if (proof.fidelity, list(proof.warnings)) != (vector["fidelity"], vector["warnings"]):
            wrong.append((vector["id"], proof))
    assert not wrong


@pytest.mark.parametrize(
    ("quote", "fidelity", "cautions"),
    [
        ("So we won't skip it", "verbatim", []),
        ("We ran 3 pilots", "verbatim", ["clipped"]),
        ("unless you never roll back", "verbatim", []),
        ("We ran 3 pilots - Canary", "normalised", ["clipped"]),
        ("We ran 3 pilots—Canary", "normalised", ["clipped"]),
        ("I'd say, can’t hurt... unless you never roll back.", "normalised", []),
        ("So  we\nwon't skip\N{NO-BREAK SPACE}it", "normalised", []),
        ("So we won\N{SOFT HYPHEN}'t skip it", "normalised", []),
        ("We ran 3 pilots […] So we won't skip it", "edited", ["negation_dropped"]),
        ("Canary […] can't hurt […]", "edited", ["negation_dropped"]),
        ("[…] can't hurt […] roll back.", "edited", ["negation_dropped"]),
        ("[…] Canary […] can't hurt […] unless you never roll back", "edited", []),
        ("So we won't skip it [the canary]", "edited", []),
        ("[s]o we won't skip it", "edited", []),
        ("So we [sic] won't skip it", "edited", []),
        ("[In 2020] [w]e ran 3 pilots […]", "edited", ["negation_dropped"]),
        # what was not said
        ("We ran 4 pilots", "fail", []),
        ("We ran pilots", "fail", []),
        ("We run 3 pilots", "fail", []),
        ("we ran 3 pilots", "fail", []),
        ("So we will skip it", "fail", []),
        ("can hurt", "fail", []),
        ("So we won't skip it.", "fail", []),
        ("So we won't skip it […] We ran 3 pilots", "fail", []),
        # parts of words
        ("e ran 3 pilots", "fail", []),
        ("We ran 3 pilot", "fail", []),
        ("I’d say, can", "fail", []),
        ("So we won", "fail", []),
        ("t skip it", "fail", []),
        ("We ran 3 pilot[s]", "fail", []),
        ("We ran 3 pi[…]", "fail", []),
        # brackets that prove nothing
        ("[we ran 3 pilots]", "fail", []),
        ("[…]", "fail", []),
        ("[sic]", "fail", []),
        ("[] So we won't skip it", "fail", []),
        ("So we [won't] skip it", "fail", []),
        ("[Z]o we won't skip it", "fail", []),
        ("So we won't skip it […] […] it", "fail", []),
        ("", "fail", []),
        (" \n", "fail", []),
        ("—", "fail", []),
    ],
)
def test_what_is_proven_and_what_is_not(quote, fidelity, cautions):
    proof = prove_quote(SAID, quote)
    assert (proof.fidelity, list(proof.warnings)) == (fidelity, cautions)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("We paid $1,000 for it", "We paid $1"),
        ("We paid $1,000 for it", "000 for it"),
        ("We paid $5 for it", "5 for it"),
        ("It fell by 3.5 points", "It fell by 3"),
        ("It rose 12% at once", "It rose 12"),
        ("Es stieg um 12 % sofort", "Es stieg um 12"),
        ("It is -5 outside", "5 outside"),
        ("I've run 40+ audits", "I've run 40"),
        ("The non-toxic ones stay", "toxic ones stay"),
        ("We can’t recommend it", "We can"),
        ("We can\N{ZERO WIDTH SPACE}not recommend it", "We can"),
        ("I write C++ all day", "I write C"),
        ("We met at the cafe\N{COMBINING ACUTE ACCENT} there", "We met at the cafe"),
        ("👨‍👩‍👧 are ours", "👨"),
    ],
)
def test_a_part_of_a_word_or_number_is_another_word(source, quote):
    assert not prove_quote(source, quote).holds


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("He said “keep it” and left", "He said 'keep it' and left"),
        ("He said «keep it» and left", "He said „keep it“ and left"),
        ("Don´t touch it", "Don't touch it"),
        ("A slow -- very slow -- cache", "A slow — very slow — cache"),
        ("Berlin–Paris by train", "Berlin-Paris by train"),
        ("Cafe\N{COMBINING ACUTE ACCENT} first", "Café first"),
        ("Keep ❤\N{VARIATION SELECTOR-16} it", "Keep ❤ it"),
        ("z\u0301\u0302\u0303\u0304\u0305\u0306algo", "z\u0301\u0302\u0303\u0304algo"),
        ("Efficient firms find five fixes first", "E\ufb03cient \ufb01rms \ufb01nd \ufb01ve \ufb01xes \ufb01rst"),
        ("The fluffy staff of the cast", "The \ufb02u\ufb00y sta\ufb00 of the ca\ufb06"),
        ("Het ijs en 'n bot", "Het \u0133s en \u0149 bot"),
        ("قال لا شيء", "\ufed7\ufe8e\ufedd \ufefb \ufeb7\ufef2\ufe80"),
        ("Well ... yes", "Well . . . yes"),
        ("Well … yes", "Well .\N{NO-BREAK SPACE}. . yes"),
    ],
)
def test_typography_is_no_wording(source, quote):
    assert prove_quote(source, quote).fidelity is Fidelity.NORMALISED
    assert prove_quote(quote, source).fidelity is Fidelity.NORMALISED


def test_a_part_of_a_joined_letter_is_no_word():
    assert not prove_quote("It is of\ufb01ce work", "ce work").holds
    assert not prove_quote("The \ufb01rm", "irm").holds


def test_feet_are_not_inches():
    assert not prove_quote("The screen is 5' wide", 'The screen is 5" wide').holds


def test_a_dash_between_clauses_ends_a_word_and_a_hyphen_does_not():
    assert prove_quote("It was slow—Google ignores them", "Google ignores them").holds
    assert not prove_quote("It was Anti-Google ignores them", "Google ignores them").holds


def test_brackets_of_the_source_are_its_own_words():
    source = "Set it to [debug] first, then wait [a lot] and deploy"
    assert prove_quote(source, "Set it to [debug] first").fidelity is Fidelity.VERBATIM
    assert prove_quote(source, "Set it to [debug] first […] and deploy").fidelity is Fidelity.EDITED
    assert not prove_quote(source, "Set it to first").holds


def test_every_edit_is_told():
    proof = prove_quote(SAID, "[…] [C]anary [the tool] […] can't [sic] hurt")
    assert proof.edits == (
        Edit(EditKind.OMISSION, "We ran 3 pilots —"),
        Edit(EditKind.CASE, "C"),
        Edit(EditKind.INSERTION, "the tool"),
        Edit(EditKind.OMISSION, ", I’d say,"),
        Edit(EditKind.SIC, "sic"),
    )


def test_the_spans_read_back_as_what_was_said():
    proof = prove_quote(SAID, "We ran 3 pilots - Canary […] So  we won’t")
    assert [SAID[span.start : span.end] for span in proof.spans] == ["We ran 3 pilots — Canary", "So we won't"]


def test_words_that_come_twice_are_never_taken_twice():
    source = "We keep it and it grows, so we keep it"
    spans = prove_quote(source, "it […] it grows").spans
    assert [(span.start, source[span.start : span.end]) for span in spans] == [(8, "it"), (15, "it grows")]
    assert not prove_quote(source, "it […] it […] it […] it").holds


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("Das nutzen wir nicht mehr im Büro", "Das nutzen wir […] im Büro"),
        ("Wir haben kaum je gemessen", "Wir haben […] gemessen"),
        ("Wir messen alles außer Schlaf, es ist gut", "Wir messen alles […] es ist gut"),
        ("I dont use it at work", "I […] use it at work"),
        ("It works, apart from the search, very well", "It works […] very well"),
        ("I 𝗻𝗲𝘃𝗲𝗿 use it", "I […] use it"),
        ("On ne change jamais", "On […] change jamais"),
        ("We lose nothing’s worth of sleep", "We lose […] worth of sleep"),
        ("Il y a peu d’aucun intérêt ici", "Il y a peu […] intérêt ici"),
        ("Keinerlei Tests laufen dort", "[…] Tests laufen dort"),
    ],
)
def test_a_dropped_negation_is_told_in_other_words_and_languages(source, quote):
    assert Caution.NEGATION_DROPPED in prove_quote(source, quote).warnings


@pytest.mark.parametrize("quote", ["It was Dr", "See fig", "It was the 3"])
def test_an_abbreviation_ends_no_sentence(quote):
    source = "It was Dr. Grace who said so. See fig. 3 for it. It was the 3. März then"
    assert prove_quote(source, quote).warnings == (Caution.CLIPPED,)


# ---------------------------------------------------------------- whose words


def test_a_passage_over_two_parts_is_joined_only_by_an_omission():
    parts = ["We dropped it last May", "and nothing moved at all"]
    assert not prove_quote(parts, "last May and nothing").holds
    proof = prove_quote(parts, "We dropped it […] nothing moved")
    assert proof.fidelity is Fidelity.EDITED
    assert [(span.part, parts[span.part][span.start : span.end]) for span in proof.spans] == [
        (0, "We dropped it"),
        (1, "nothing moved"),
    ]
    assert proof.edits[0].text == "last May\nand"


def test_what_its_author_quoted_of_others_is_not_what_they_said():
    text = "> never keep it\nI would keep it."
    assert prove_quote(text, "never keep it").holds
    assert not prove_quote(text, "never keep it", [(0, 15)]).holds
    assert not prove_quote(text, "never […] I would", [(0, 15)]).holds
    assert prove_quote(text, "I would keep it", [(0, 15)]).spans[0].start == 16


def test_of_each_part_its_own_foreign_words_are_left_out():
    source = QuoteSource(["never keep it", "I would keep it"], [[], [(0, 7)]])
    assert prove_quote(source, "never keep it").holds
    assert not prove_quote(source, "I would").holds
    assert prove_quote(source, "keep it").holds


# ---------------------------------------------------------------- for any text

WORDS = st.lists(
    st.sampled_from([
        "ada", "we", "We", "never", "can't", "it’s", "3", "1,000", "40%", "größer", "naïve", "“so”", "—", "-", "e.g.",
        "stop.", "well…", "ok?", "\n", "👍🏽", "日本", "x\u200by", "(maybe)", "[sic]", "e\u0301t",
        "--", "–", "...", "[x]", "[…]", "5'", '5"', "« on", "»", "C++", "\u00a0",
    ]),
    min_size=1,
    max_size=40,
)  # fmt: skip


@given(WORDS, st.data())
def test_any_passage_cut_at_words_is_verbatim(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    assume(any(letter.isalnum() for letter in quote))
    source = " ".join(words)
    proof = prove_quote(source, quote)
    assert proof.fidelity is Fidelity.VERBATIM
    (span,) = proof.spans
    assert source[span.start : span.end] == quote.strip()


@given(st.text(max_size=60), st.data())
def test_any_whole_text_is_verbatim(text, data):
    assume(any(letter.isalnum() for letter in text))
    assert prove_quote(text, text).fidelity is Fidelity.VERBATIM


PLAIN = st.lists(st.text("abcdefghij0123456789", min_size=1, max_size=6), min_size=4, max_size=30, unique=True)


@given(PLAIN, st.data())
def test_any_changed_letter_or_number_fails(words, data):
    source = " ".join(words)
    at = data.draw(st.sampled_from([index for index, letter in enumerate(source) if letter != " "]))
    letter = data.draw(st.sampled_from("klmnop"))
    assert not prove_quote(source, source[:at] + letter + source[at + 1 :]).holds


@given(PLAIN, st.data())
def test_any_changed_order_fails(words, data):
    shuffled = data.draw(st.permutations(words))
    assume(shuffled != words)
    assert not prove_quote(" ".join(words), " ".join(shuffled)).holds


@given(PLAIN, st.data())
def test_any_marked_edit_is_proven_and_fails_without_its_mark(words, data):
    first = data.draw(st.integers(1, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words) - 1))
    source = " ".join(words)
    kind = data.draw(st.sampled_from(["[…]", "[...]", "insertion", "case"]))
    if kind == "insertion":
        marked, bare = [*words[:first], "[ZZ]", *words[first:]], [*words[:first], "ZZ", *words[first:]]
    elif kind == "case":
        assume(words[0][0].isalpha())
        rest = words[0][1:]
        assume(rest)
        marked, bare = [f"[{words[0][0].upper()}]{rest}", *words[1:]], [words[0][0].upper() + rest, *words[1:]]
    else:
        marked, bare = [*words[:first], kind, *words[last:]], [*words[:first], *words[last:]]
    assert prove_quote(source, " ".join(marked)).fidelity is Fidelity.EDITED
    assert not prove_quote(source, " ".join(bare)).holds


@example("0000\x1b", "0000\x1b", [(4, 5)])  # what cannot be seen belongs to somebody else
@given(
    st.text(max_size=80), st.text(max_size=40), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=3)
)
def test_nothing_breaks_the_proof_and_every_span_fits(source, quote, foreign):
    foreign = [(start, end) for start, end in foreign if start <= end]
    for span in prove_quote(source, quote, foreign).spans:
        assert 0 <= span.start < span.end <= len(source)
        assert all(span.end <= start or end <= span.start for start, end in foreign if start < end)
