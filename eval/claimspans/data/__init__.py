"""What a record is, and how files of records are read, checked and written."""
