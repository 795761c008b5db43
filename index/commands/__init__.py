"""The commands of `python -m index`: importing a module adds its commands to the program."""

from index.commands import drafting, following, looking, measuring, searching
from index.commands.application import app

__all__ = ["app", "drafting", "following", "looking", "measuring", "searching"]
