"""Mentions of a corpus exchanged for others of their kind: names, states, dates, figures, quotation marks."""
