"""The commands of `python -m index`: importing a module adds its commands to the program."""

from index.commands import facts, questions, search, subjects, terms, training
from index.commands.program import app

__all__ = ["app", "facts", "questions", "search", "subjects", "terms", "training"]
