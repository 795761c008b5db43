"""How well the bot answers: figures, a report, what each part is worth, whether citations support answers."""
