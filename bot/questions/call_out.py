"""Question → the text of a call-out: what a writer pastes into a mail, a form or a service for journalists. Pure.

Its fields are those that such services ask for: what is asked, who is wanted, for whom, until when. It has no hashtag:
`#journorequest` and its like are what scrapers listen to.
"""

from bot.questions.content import Content
from bot.questions.render import print_options, write_deadline, write_link_rule
from bot.words import words


def write_call_out(content: Content, *, name: str, address: str = "") -> str:
    """The text, in the question's language. name: the outlet; address: to which it is answered, "" for none.

    Who answers here is asked before they are quoted: a mail is not public.
    """
    labels, post = words(content.language)["call_out"], words(content.language)["post"]
    outlet, is_hidden = content.outlet or name, content.hide_outlet or not (content.outlet or name)
    fields = [
        labels["wanted"].format(wanted=content.wanted) if content.wanted else "",
        labels["region"].format(region=content.region) if content.region else "",
        labels["medium"].format(medium=content.medium) if content.medium else "",
        labels["outlet_hidden"] if is_hidden else labels["outlet"].format(outlet=outlet),
        labels["asker"].format(asker=content.asker) if content.asker else "",
        labels["deadline"].format(deadline=write_deadline(content)) if content.deadline else "",
    ]
    rules = [
        labels["pitches"].choose(content.pitches).format(n=content.pitches),
        post["human_only"] if content.human_only else "",
        write_link_rule(content),
        post["notice_asking_hidden"] if is_hidden else post["notice_asking"].format(name=outlet),
        labels["address"].format(address=address) if address else "",
    ]
    own = [print_options(content.options), content.why]
    paragraphs = [
        content.text,
        *own,
        labels["own_words"],
        "\n".join(filter(None, fields)),
        "\n".join(filter(None, rules)),
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"
