"""What is asked: the question cleaned, its day, its clauses by number, its parts; `find` puts them together."""
