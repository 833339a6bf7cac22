"""The versions that a signature names."""

VERSION = "0.1.0"
DATASET_VERSION = "1.0.0"
SCHEMA_VERSION = "1.0.0"
"""The version of schema.json under which the gold was annotated."""
