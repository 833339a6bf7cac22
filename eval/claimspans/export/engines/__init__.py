"""What engines for archives are given: partitions to share out, each done once and written whole."""
