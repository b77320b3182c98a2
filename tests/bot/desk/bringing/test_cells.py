"""What forms ask about quoting, and what they are answered, in seven languages: nothing is guessed."""

import pytest

from bot.desk.bringing.cells import Leave, LeaveHeading, find_heading, read_cell

HEADINGS = {
    LeaveHeading.QUOTING: """
        May we quote you?|may_we_quote_you|May we quote you by name?|Consent|consent given (yes/no)|OK to quote?
        Can we use your answer in our newsletter?|Are you happy to be quoted?|Do you agree to be quoted by name?
        Do you give consent?|Allow quoting|Attribution allowed?|Happy for us to use your comments?|Zitieren?|Citer
        Vous pouvez me citer|Ja, Sie dürfen mich zitieren|¿Acepta ser citado?|Concorda em ser citado?|Mag je geciteerd worden?
        I agree that my answer may be published|Permission to publish|quotable|Can I quote you on that?
        Dürfen wir Sie zitieren?|Darf ich dich zitieren|Dürfen wir Ihre Antwort veröffentlichen?|Einwilligung
        Ich bin damit einverstanden, dass meine Antwort veröffentlicht wird|Möchten Sie zitiert werden?|Zitat ok?
        Puis-je vous citer ?|Pouvons-nous publier votre réponse ?|Consentement|Acceptez-vous d’être cité ?
        ¿Podemos citarle?|¿Nos autoriza a citar sus palabras?|Consentimiento|¿Podemos publicar su respuesta?
        Possiamo citarla?|Autorizza la citazione?|Consenso|Possiamo pubblicare la sua risposta?
        Mogen we je citeren?|Ga je akkoord met citeren?|Toestemming|Mag uw antwoord gepubliceerd worden?
        Podemos citá-lo?|Autoriza a publicação?|Consentimento|Podemos publicar a sua resposta?
    """,
    LeaveHeading.NAMING: """
        May we publish your name?|Can we use your real name?|Dürfen wir Ihren Namen nennen?
        Pouvons-nous publier votre nom ?|¿Podemos usar su nombre?|Possiamo usare il suo nome?
        Mogen we uw naam noemen?|Podemos usar o seu nome?
    """,
    LeaveHeading.UNCLEAR: """
        Would you mind being quoted?|Do not quote me|Stay anonymous?|GDPR consent|I do not want to be quoted
        Ich möchte nicht zitiert werden|Anonym bleiben?|Je ne veux pas être cité|Quiero permanecer anónimo
        Einwilligung zur Datenverarbeitung|Permission to contact|Voglio restare anonimo
    """,
    None: """
        text|Name|Your role|Company|Email Address|Timestamp|Can we contact you?|Do you publish AMP pages?
        Do you print newsletters?|Favorite quote|Which tools do you use?|Do you still disavow toxic backlinks?
        Wie lange veröffentlichen Sie schon?|Quel outil utilisez-vous ?|Zeitstempel|Datum|Can we do without links?
    """,
}
CELLS = {
    Leave.YES: """
        Yes|yes, please|Y|OK|Sure!|Yes, with my name|Yes, by name|with name only|Only with my name|I agree|TRUE|x|✓|👍
        You may quote me|Yes, no problem|Of course|Yes, with my name and company|Ja|ja gerne|Ja, mit meinem Namen
        Einverstanden|Oui|Oui, avec mon nom|d’accord|J’accepte|Sí|Sí, con mi nombre|Acepto|Sì|Sì, con il mio nome
        ja graag|Ja, met mijn naam|Sim|Sim, com o meu nome|Concordo|granted|I consent|please do|Oui, avec plaisir|Sì, volentieri
    """,
    Leave.NO: """
        No|no.|N|Nope|No, thanks|No, thank you!|I do not agree|I don't agree|I'd rather not|Rather not|FALSE|refused
        Do not quote me|Please don’t quote me|Off the record|Nein|Nein danke|Lieber nicht|Nicht einverstanden
        No, do not quote me|Not OK|of course not|I do not consent|please don't|can't agree|Auf keinen Fall|Bitte nicht
        Non|non merci|No, gracias|mejor no|Nee|liever niet|Não|não, obrigado|withdrawn|Bitte nicht zitieren
    """,
    Leave.ANONYMOUS: """
        Anonymous|anonymously|Yes, anonymously|Yes, but without my name|Yes, but not with my name|first name only
        Please do not use my name|initials only|no name|quote me anonymously|nur anonym|Ja, aber anonym|Ohne Namen
        Oui, mais anonymement|sans mon nom|anónimo|sin mi nombre|anonimo|senza nome|anoniem|zonder naam|sem nome
        Ja, aber nur mit Vornamen|Yes, under a pseudonym
    """,
    Leave.ASK: "Ask me first|Maybe|only if I may check it|yes if you send me the article first|Yes, but check with me first|vielleicht|peut-être",
    Leave.UNASKED: "|-|–|n/a|N/A|k.A.|keine Angabe|null",
    None: """
        1|0|Yes and no|No, but anonymously is fine|No, not by name|Tak|vale|❓|only my company|Yes, no
        only with permission|if I agree|only if I agree|Not yet|Yes/No|jein|yes but not my company
        It depends on the price|Firmenname|We stopped in 2021, and nothing moved.
    """,
}


def each(table):
    return [(text.strip(), kind) for kind, texts in table.items() for text in "|".join(texts.split("\n")).split("|")]


@pytest.mark.parametrize(("heading", "asks"), [pair for pair in each(HEADINGS) if pair[0]])
def test_a_heading_asks_for_leave_or_does_not(heading, asks):
    assert find_heading(heading) is asks


@pytest.mark.parametrize(("cell", "said"), [pair for pair in each(CELLS) if pair[0] or pair[1] is Leave.UNASKED])
def test_a_cell_says_what_it_says_or_is_not_understood(cell, said):
    assert read_cell(cell, LeaveHeading.QUOTING, {}) is said


@pytest.mark.parametrize(("cell", "said"), [(True, Leave.YES), (False, Leave.NO), (None, Leave.UNASKED), (1, None)])
def test_a_value_of_json_says_it_too(cell, said):
    assert read_cell(cell, LeaveHeading.QUOTING, {}) is said


@pytest.mark.parametrize("cell", ["Yes", "No", "x", True, "I agree"])
def test_a_plain_answer_to_an_unclear_question_says_nothing(cell):
    assert read_cell(cell, LeaveHeading.UNCLEAR, {}) is None


def test_what_an_editor_says_stands_above_what_is_read():
    assert read_cell("Yes!", LeaveHeading.QUOTING, {"yes": Leave.NO}) is Leave.NO


def test_a_long_heading_and_a_long_cell_take_no_time():
    assert find_heading("may we " * 20_000) is None
    assert read_cell("no not " * 20_000, LeaveHeading.QUOTING, {}) is None
