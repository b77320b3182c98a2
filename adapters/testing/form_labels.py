"""What forms and buttons say in tests: the tables `[form]` and `[leave]` that pullquote gives in each language."""

from types import MappingProxyType

FORM_LABELS = MappingProxyType(
    {
        "answer": "Answer",
        "title": "Your answer",
        "text": "What do you say?",
        "credit": "How do we name you?",
        "credit_hint": "Name, role, organisation",
        "leave": "May we quote you?",
        "leave_for": "In {outlet}.",
        "leave_hidden": "In a publication.",
        "yes": "Yes, with my name",
        "vote": "Yes, with my name and what I chose",
        "anonymous": "Yes, without my name",
        "no": "No",
        "thanks": "Thank you. Press the button again to change it.",
        "voted": "You chose: {option}.",
        "closed": "This question is closed.",
        "unknown": "This question is gone.",
        "timed_out": "You may not write here at the moment.",
        "failed": "That did not work. Please try again.",
        "empty": "Your answer is empty.",
        "below_poll": "Say why: reply here, or press the button.",
        "save_which": "Which question does this answer?",
        "saved": "Saved as an answer. Nothing of it is quoted before its author agrees.",
        "save_forbidden": "Only editors can save messages.",
        "save_none": "There is no question here that still takes answers.",
        "save_again": "This was too long ago. Use “Save as quote” on the message again.",
        "save_unreadable": "This message has no words to save.",
    }
)
CONSENT_LABELS = MappingProxyType(
    {
        "yes": "Yes, with my name",
        "vote": "Yes, with my name and what I chose",
        "anonymous": "Yes, without my name",
        "no": "No",
        "said_yes": "Thank you: you may be quoted with your name.",
        "said_vote": "Thank you: you may be quoted with your name and what you chose.",
        "said_anonymous": "Thank you: you may be quoted without your name.",
        "said_no": "You will not be quoted.",
        "not_yours": "Only who wrote the message can decide.",
        "gone": "Nothing is asked here any more.",
        "failed": "That did not work. Please try again.",
    }
)
