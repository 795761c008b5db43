"""Everything that cannot be made anew, in one file, and back: journal, data, and the settings that are no secrets."""
