"""A letter and its answer belong together by a token that nobody else knows."""

import re

from bot.quotes.read_back.joining import hash_token, make_token, name_message, write_plus_address, write_subject


def test_a_token_survives_programs_that_write_addresses_in_capitals():
    token = make_token()
    assert re.fullmatch(r"[a-z2-7]{16}", token)
    assert hash_token(token.upper()) == hash_token(token) != hash_token(make_token())


def test_the_address_of_an_answer_names_question_and_letter():
    assert write_plus_address("quotes@example.org", "amp") == "quotes+amp@example.org"
    assert write_plus_address("quotes@example.org", "amp", "abc") == "quotes+amp.abc@example.org"
    assert write_subject("Your words", "amp", "abc") == "Your words [amp.abc]"


def test_neither_hash_nor_id_of_a_letter_gives_its_token_away():
    token = make_token()
    assert token not in hash_token(token) + name_message(token, "example.org")
    assert name_message(token, "example.org") == name_message(token, "example.org")
