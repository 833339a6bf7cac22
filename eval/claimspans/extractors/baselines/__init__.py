"""The project's own extractors."""
