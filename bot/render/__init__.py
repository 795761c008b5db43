"""What the customer reads: sentences and decisions → Markdown, with notes on editions and remarks."""
