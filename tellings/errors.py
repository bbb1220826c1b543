"""Errors that Tellings raises on purpose.

Every one carries what is wrong, where, and what to do next, so that the command line can
print one clear line and a caller in Python can decide. Anything else that escapes is a bug.

    TellingsError
    |-- InputError                what was given cannot be read
    |   |-- NotFound              no such file, folder or match
    |   |-- Unreadable            binary, wrongly encoded, broken JSON, a page without an article
    |   |-- EmptyInput            nothing in it
    |   |-- TooLarge              over a limit; the message names the limit and what lifts it
    |   |-- FetchRefused          an address that is not to be fetched
    |   `-- FetchFailed           an address that did not answer as a page
    |-- NothingToCompare          no report is left after setting the bad ones aside
    |-- NotQuoted                 a model returned words that the report does not hold
    `-- OrderError                steps of the pipeline stand in an order in which they cannot run
"""

from __future__ import annotations

__all__ = [
    "EmptyInput",
    "FetchFailed",
    "FetchRefused",
    "InputError",
    "NotFound",
    "NotQuoted",
    "NothingToCompare",
    "OrderError",
    "TellingsError",
    "TooLarge",
    "Unreadable",
]


class TellingsError(Exception):
    """An error with its place and the next step.

    >>> print(TellingsError("it is empty", where="a.txt", next_step="give a file with text"))
    a.txt: it is empty; give a file with text
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        """Keep what is wrong, where it is ("file:line" where a line is known) and what to do next."""
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        """One line: where, what, next step."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.next_step}" if self.next_step else head


class InputError(TellingsError):
    """What was given cannot be read."""


class NotFound(InputError):
    """No such file, folder or match."""


class Unreadable(InputError):
    """Binary, wrongly encoded, broken JSON, or a page without an article."""


class EmptyInput(InputError):
    """There is nothing in it."""


class TooLarge(InputError):
    """Over a limit; the message names the limit and the option that lifts it."""


class FetchRefused(InputError):
    """An address that is not to be fetched: fetching is off, or the address is private."""


class FetchFailed(InputError):
    """An address that did not answer in time, in size or in kind."""


class NothingToCompare(TellingsError):
    """No report is left after the bad ones were set aside."""


class NotQuoted(TellingsError):
    """A model returned words that the report does not hold at that place."""


class OrderError(TellingsError):
    """Steps stand in an order in which one of them lacks what it requires."""
