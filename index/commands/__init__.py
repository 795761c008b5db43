"""The commands of `python -m index`: importing a module adds its commands to the program."""

from index.commands import questions, search, terms
from index.commands.program import app

__all__ = ["app", "questions", "search", "terms"]
