"""References: "제7조 제3항" in a question, from clause to clause, and documents by their names."""
