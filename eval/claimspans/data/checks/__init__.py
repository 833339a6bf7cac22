"""Checks of annotation files, one level a module, as in the validator of Universal Dependencies."""
