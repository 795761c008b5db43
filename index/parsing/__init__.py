"""Text → 조 and 항: lines, headings, outline, paragraphs; `index.terms` is the result."""
