"""What an editor can enter of an author: known to the help of a command, so nothing heavy is imported here."""

from storage.states import ConsentState

DECISIONS = {
    "granted": ConsentState.GRANTED,
    "anonymous": ConsentState.GRANTED_ANONYMOUSLY,
    "refused": ConsentState.REFUSED,
    "withdrawn": ConsentState.WITHDRAWN,
    "no-refusal": ConsentState.CLEARED,
}
"""The words of an editor."""
