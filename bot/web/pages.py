"""The screens of the page, in the order of the navigation."""

from bot.web.screens import add, answers, ask, check, history, login, people, printed, running, start, strip
from bot.web.visit import Screen

SCREENS: tuple[Screen, ...] = (
    start.SCREEN,
    answers.SCREEN,
    check.SCREEN,
    add.SCREEN,
    ask.SCREEN,
    running.SCREEN,
    history.SCREEN,
    login.SCREEN,
    people.SCREEN,
    printed.SCREEN,
    strip.SCREEN,
)
