"""Documents and their editions: one edition, all of a data folder, those in force, and what corresponds."""
