"""The versions that a signature names."""

VERSION = "0.1.0"
DATASET_VERSION = "2.0.0"
SCHEMA_VERSION = "2.0.0"
"""The version of schema.json to which the gold keeps; that of the schema itself, until a gold has yet to follow it."""
