"""The plain pages of the terms: articles, tables of contents, comparisons of editions."""
