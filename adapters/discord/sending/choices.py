"""What somebody can say to being quoted, on a form and under a request."""

from adapters.contract.forms import ConsentDecision

_ALWAYS = ("yes", "anonymous", "no")
_WITH_VOTE = ("yes", "vote", "anonymous", "no")


def list_choices(*, votes: bool) -> tuple[str, ...]:
    """Each the key of its words. votes: people chose between options, which is theirs to tell."""
    return _WITH_VOTE if votes else _ALWAYS


def make_decision(choice: str, wording: str, credit: str = "") -> ConsentDecision:
    """wording: what was shown, with the choice. What is none of the choices is a no."""
    return ConsentDecision(
        granted=choice in ("yes", "vote", "anonymous"),
        wording=wording.rstrip(),
        credit=credit.strip(),
        anonymous=choice == "anonymous",
        covers_vote=choice == "vote",
    )
