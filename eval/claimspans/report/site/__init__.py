"""A corpus as a folder of linked pages: timeline, ledger, articles, speakers, and the errors of systems."""
