"""``python -m claimspans``."""

from .cli import main

main()
