"""A language model as an extractor: prompt, protocol, answers."""
