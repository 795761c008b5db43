"""What the texts of single settings mean: each is read, or refused in one line that names it."""
