"""Annotation in Label Studio: its configuration, articles there and back, and a server of one's own."""
