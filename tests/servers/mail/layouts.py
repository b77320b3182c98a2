"""Mails as programs write them: twelve layouts, five people, and what of each mail is its author's words."""

import html
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime

QUERY = (
    "For The Pull Quote we are looking for people who changed a habit at work.\n"
    "What was it, and what came of it?\n\nMara Klein\n+49 30 555 0199"
)
ASKER = "Mara Klein <quotes@newsroom.example>"


@dataclass(frozen=True)
class Sender:
    name: str
    address: str
    words: str
    signature: str
    language: str = "en"


PEOPLE = (
    Sender(
        "Ada Lovelace",
        "ada@engines.example",
        "We dropped the daily stand-up in March 2024, because eleven people talked and nobody listened.\n\n"
        "Instead everybody writes two lines by ten. “Two lines”, not a page – that is the whole trick.",
        "Ada Lovelace\nHead of Engineering, Engines Ltd\n+44 20 7946 0018\nwww.engines.example",
    ),
    Sender(
        "Jörg Weiß",
        "joerg@weiss.example",
        "Seit 2019 beantworte ich Mails nur noch um 11 und um 16 Uhr.\n\n"
        "Von: außen sieht das faul aus, aber meine Fehler haben sich halbiert: 14 statt 31 im Quartal.\n\n"
        "- keine Benachrichtigungen\n- kein Telefon am Tisch",
        "Jörg Weiß\nGeschäftsführer\nWeiß & Söhne GmbH\nTel. +49 40 555 0123\nhttps://weiss.example/team",
        "de",
    ),
    Sender(
        "Élodie Marchand",
        "elodie@atelier.example",
        "Depuis deux ans, je ne prends plus de rendez-vous le vendredi.\n\n"
        "J'y ai gagné un jour entier ; l'équipe aussi (neuf personnes, toutes à Lyon).",
        "Élodie Marchand\nDirectrice, Atelier Marchand\nTél. : +33 4 55 55 01 02\natelier.example",
        "fr",
    ),
    Sender(
        "Grace Hopper",
        "grace@navy.example",
        "Thanks for asking,\n\nI answer this as a nurse of 22 years. The habit: I write down what the patient says, word by "
        "word, before I write what I think.\n\nAbout 90 % of the errors I found in 2023 were in my own summaries.\n\n"
        "It costs four minutes a shift 🙂.",
        "Grace Hopper\nSenior Nurse, St. Mary's\nM: +1 (555) 010-0199",
    ),
    Sender(
        "李小龍",
        "li@dojo.example",
        "我們每天早上只開十分鐘的會。\n\nTen minutes, standing, and the door stays open. After a year nobody asked for more.",
        "李小龍\nFounder, Dojo\n+852 5555 0123\ndojo.example",
    ),
)
CLOSINGS = {"en": "Best regards,", "de": "Viele Grüße", "fr": "Cordialement,"}
OUTLOOK = {
    "en": ("From:", "Sent:", "To:", "Subject:", "Monday, November 16, 2026 8:00 AM"),
    "de": ("Von:", "Gesendet:", "An:", "Betreff:", "Montag, 16. November 2026 08:00"),
    "fr": ("De :", "Envoyé :", "À :", "Objet :", "lundi 16 novembre 2026 08:00"),
}
LAYOUTS = (
    "gmail", "outlook", "apple", "thunderbird", "agency", "plain", "html", "forwarded", "digest", "signed",
    "autoreply", "bounce",
)  # fmt: skip
NOT_BY_PEOPLE = {"digest": "list", "autoreply": "automatic", "bounce": "bounce"}


def expect(sender, layout):
    """The author's words in a mail of this layout, exactly; None where nobody wrote it."""
    if layout in NOT_BY_PEOPLE:
        return None
    closes = layout not in ("apple", "plain", "thunderbird")
    return sender.words + (f"\n\n{CLOSINGS[sender.language]}" if closes else "")


def make_mail(sender: Sender, layout: str, to: str, at: datetime, number: int = 1) -> bytes:
    """The bytes of one mail. number: of this sender, for its id."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{sender.name} <{sender.address}>"
    mail["To"] = to
    mail["Date"] = format_datetime(at)
    mail["Subject"] = "Re: Which habit did you change?"
    mail["Message-ID"] = f"<{layout}.{number}@{sender.address.rpartition('@')[2]}>"
    globals()[f"_fill_{layout}"](mail, sender)
    return mail.as_bytes()


def _signed(sender):
    return f"{sender.words}\n\n{CLOSINGS[sender.language]}\n{sender.signature}"


def _quote(text):
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _paragraphs(text):
    pieces = (html.escape(piece).replace("\n", "<br>\n") for piece in text.split("\n\n"))
    return "".join(f"<p>{piece}</p>\n" for piece in pieces)


def _fill_gmail(mail, sender):
    intro = "On Mon, Nov 16, 2026 at 8:00 AM Mara Klein <quotes@newsroom.example>\nwrote:"
    mail.set_content(f"{_signed(sender)}\n\n{intro}\n\n{_quote(QUERY)}\n")
    mail.add_alternative(
        f'<div dir="ltr">{_paragraphs(sender.words)}<p>{CLOSINGS[sender.language]}</p>'
        f'<div dir="ltr" class="gmail_signature">{_paragraphs(sender.signature)}</div></div><br>'
        f'<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{html.escape(intro)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{_paragraphs(QUERY)}</blockquote></div>',
        subtype="html",
    )


def _copied(language):
    sender, sent, to, subject, moment = OUTLOOK[language]
    head = [f"{sender} {ASKER}", f"{sent} {moment}", f"{to} quotes", f"{subject} Which habit did you change?"]
    return "\n".join([*head, "", QUERY])


def _fill_outlook(mail, sender):
    rule = "________________________________\n" if sender.language != "de" else ""
    mail.set_content(f"{_signed(sender)}\n\n{rule}{_copied(sender.language)}\n")
    mail.add_alternative(
        f"<html><body>{_paragraphs(sender.words)}<p>{CLOSINGS[sender.language]}</p>"
        f'<div id="Signature">{_paragraphs(sender.signature)}</div><div id="appendonsend"></div><hr>'
        f'<div id="divRplyFwdMsg" dir="ltr">{_paragraphs(_copied(sender.language).split(chr(10) * 2)[0])}</div>'
        f"<div>{_paragraphs(QUERY)}</div></body></html>",
        subtype="html",
    )


def _fill_apple(mail, sender):
    device = {"en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet", "fr": "Envoyé de mon iPhone"}
    intro = {
        "en": "On 16 Nov 2026, at 08:00, Mara Klein <quotes@newsroom.example> wrote:",
        "de": "Am 16.11.2026 um 08:00 schrieb Mara Klein <quotes@newsroom.example>:",
        "fr": "Le 16 nov. 2026 à 08:00, Mara Klein <quotes@newsroom.example> a écrit :",
    }[sender.language]
    mail.set_content(f"{sender.words}\n\n{device[sender.language]}\n\n{_quote(intro)}\n{_quote('')}\n{_quote(QUERY)}\n")


def _flow(text, width=60):
    lines = []
    for line in text.split("\n"):
        rest = f" {line}" if line.startswith((" ", ">", "From ")) else line
        while len(rest) > width and " " in rest[:width]:
            place = rest.rindex(" ", 0, width) + 1
            lines.append(rest[:place])
            rest = rest[place:]
        lines.append(rest)
    return "\n".join(lines)


def _fill_thunderbird(mail, sender):
    intro = (
        "Am 16.11.26 um 08:00 schrieb Mara Klein:"
        if sender.language == "de"
        else "On 16.11.26 08:00, Mara Klein wrote:"
    )
    body = f"{_quote(QUERY)}\n\n{_flow(sender.words)}\n\n-- \n{sender.signature}\n"
    mail.set_content(f"{intro}\n{body}", cte="base64", params={"format": "flowed"})


def _fill_agency(mail, sender):
    notice = (
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the "
        "addressee, please delete it.\nPR Link Ltd, 1 Sample Street, +44 20 7946 0999"
    )
    mail.set_content(f"{_signed(sender)}\n\n{notice}\n")
    mail["X-Mailer"] = "PRLink Campaigns"


def _fill_plain(mail, sender):
    mail.set_content(f"{sender.words}\n", cte="base64")


def _fill_html(mail, sender):
    mail.set_content(
        f"<html><head><style>p {{ color: red }}</style></head><body>"
        f'<div style="display:none">Preview of a newsletter</div><table><tr><td>{_paragraphs(sender.words)}'
        f"<p>{CLOSINGS[sender.language]}</p>"
        f'<div class="moz-signature">{_paragraphs(sender.signature)}</div></td></tr></table>'
        f'<blockquote type="cite">{_paragraphs(QUERY)}</blockquote></body></html>',
        subtype="html",
    )


def _fill_forwarded(mail, sender):
    head = f"From: Somebody Else <else@else.example>\nDate: Mon, 9 Nov 2026 at 10:00\nSubject: habits\nTo: {sender.address}"
    theirs = "I gave up meetings altogether, and you can call me: +44 20 7946 0777."
    mail.set_content(f"{_signed(sender)}\n\n---------- Forwarded message ---------\n{head}\n\n{theirs}\n")


def _fill_signed(mail, sender):
    inner = MIMEPart(policy=SMTP)
    inner.set_content(f"{_signed(sender)}\n\n{_copied('en')}\n", cte="base64")
    proof = MIMEPart(policy=SMTP)
    proof.set_content(b"-----BEGIN PGP SIGNATURE-----\n...", maintype="application", subtype="pgp-signature")
    mail["Content-Type"] = 'multipart/signed; micalg="pgp-sha512"; protocol="application/pgp-signature"'
    mail.attach(inner)
    mail.attach(proof)


def _fill_digest(mail, sender):
    mail.replace_header("From", f"Sources Daily <no-reply@{sender.address.rpartition('@')[2]}>")
    mail["List-Unsubscribe"] = "<https://sources.example/leave>"
    mail["Precedence"] = "bulk"
    mail.set_content("Five new pitches for you!\n\n1. Somebody: I changed everything.\n2. Another: So did I.\n")


def _fill_autoreply(mail, sender):
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("I am out of the office until Friday.\n")


def _fill_bounce(mail, sender):
    mail.replace_header("From", f"Mail Delivery System <mailer-daemon@{sender.address.rpartition('@')[2]}>")
    said, report = MIMEPart(policy=SMTP), MIMEPart(policy=SMTP)
    said.set_content("The following message could not be delivered.\n")
    fields = MIMEPart(policy=SMTP)
    fields["Final-Recipient"], fields["Action"], fields["Status"] = "rfc822; x@y.example", "failed", "5.1.1"
    report["Content-Type"] = "message/delivery-status"
    report.set_payload([fields])
    mail["Content-Type"] = 'multipart/report; report-type=delivery-status; boundary="bounced"'
    mail.attach(said)
    mail.attach(report)
