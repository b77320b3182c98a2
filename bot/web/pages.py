"""The screens of the page, in the order of the navigation."""

from bot.web.screens import add, answers, check, history, running, start, strip
from bot.web.visit import Screen

SCREENS: tuple[Screen, ...] = (
    start.SCREEN,
    answers.SCREEN,
    check.SCREEN,
    add.SCREEN,
    running.SCREEN,
    history.SCREEN,
    strip.SCREEN,
)
