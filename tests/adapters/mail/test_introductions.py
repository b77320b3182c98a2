"""`On … wrote:` above what is quoted is not its author's, however a program wrapped it; what they wrote above it is."""

from random import Random

import pytest

from adapters.mail.marking import find_marks
from tests.servers.mail.layouts import PEOPLE

INTRODUCTIONS = (
    "On Mon, Nov 16, 2026 at 8:00 AM Mara Klein <quotes@newsroom.example> wrote:",
    "On Mon, Nov 16, 2026, 8:00 AM The Pull Quote, Mara Klein of the desk for work <quotes@newsroom.example> wrote:",
    "On 16 Nov 2026, at 08:00, Mara Klein <quotes@newsroom.example> wrote:",
    "Am Mo., 16. Nov. 2026 um 08:00 Uhr schrieb Mara Klein <quotes@newsroom.example>:",
    "Am 16.11.2026 um 08:00 schrieb Mara Klein von der Redaktion <quotes@newsroom.example>:",
    "Le lun. 16 nov. 2026 à 08:00, Mara Klein <quotes@newsroom.example> a écrit :",
    "El lun, 16 nov 2026 a las 8:00, Mara Klein (<quotes@newsroom.example>) escribió:",
    "Il giorno lun 16 nov 2026 alle ore 08:00 Mara Klein <quotes@newsroom.example> ha scritto:",
    "Op ma 16 nov 2026 om 08:00 schreef Mara Klein <quotes@newsroom.example>:",
    "Em seg., 16 de nov. de 2026 às 08:00, Mara Klein <quotes@newsroom.example> escreveu:",
)
QUOTED = "> What did you stop doing?\n>\n> Mara"
ABOVE = (
    "On some days I did nothing at all.",
    "On 3 days of 2024 I came at 8:00 and nobody was there yet.",
    "Am Anfang waren wir 12 Leute, um 8:30 waren alle da.",
    "Le 3 mai 2024 à 8:00, tout le monde dormait encore.",
    "I answered Mara, and she told me at 9:15 what it was about.",
)


def list_own(text):
    """The lines that are nobody else's."""
    marked = {place for mark in find_marks(text) for place in range(mark.start, mark.end)}
    own = "".join("" if place in marked else letter for place, letter in enumerate(text))
    return own.strip()


def wrap(introduction, dice, most=3):
    """As programs do, behind a blank or a `<`."""
    places = [place + 1 for place, letter in enumerate(introduction) if letter in " <" and place > 30]
    text = introduction
    for place in sorted(dice.sample(places, min(len(places), dice.randint(0, most - 1))), reverse=True):
        text = f"{text[:place].rstrip(' ')}\n{text[place:]}"
    return text


def test_the_first_line_of_what_gmail_wraps_is_marked():
    text = f"Yes, we did.\n\nOn Mon, Nov 16, 2026 at 8:00 AM Mara <\nquotes@newsroom.example> wrote:\n\n{QUOTED}\n"
    assert list_own(text) == "Yes, we did."


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_an_introduction_is_marked_whole_however_it_is_wrapped(introduction):
    for number in range(60):
        dice = Random(number)
        words = dice.choice(PEOPLE).words
        between = dice.choice(("\n", "\n\n"))
        assert list_own(f"{words}\n\n{wrap(introduction, dice)}{between}{QUOTED}\n") == words, number


@pytest.mark.parametrize("introduction", [*INTRODUCTIONS, "Mara wrote:", "Klein <q@a.example> wrote:"])
@pytest.mark.parametrize("words", ABOVE)
def test_what_stands_right_above_an_introduction_stays_its_authors(introduction, words):
    for number in range(20):
        text = f"{words}\n{wrap(introduction, Random(number), most=2)}\n{QUOTED}\n"
        assert list_own(text) == words, number


@pytest.mark.parametrize("words", [*ABOVE, *(sender.words for sender in PEOPLE)])
def test_without_a_quotation_below_nothing_is_an_introduction(words):
    assert list_own(f"{words}\n\n{INTRODUCTIONS[0]}\n\nand that was all I read of it") != ""
    assert list_own(words) == words
