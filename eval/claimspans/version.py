"""The versions that a signature names."""

VERSION = "0.1.0"
DATASET_VERSION = "2.0.0"
"""That of the shipped gold, as annotations/CHANGELOG.md has it."""
