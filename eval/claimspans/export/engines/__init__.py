"""An archive in partitions: existing engines do the work, and what is done to a partition are functions of ours."""
