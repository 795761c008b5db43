"""The commands of `python -m index`: importing a module adds its commands to the program."""

from index.commands import following, looking, measuring, searching
from index.commands.application import app

__all__ = ["app", "following", "looking", "measuring", "searching"]
