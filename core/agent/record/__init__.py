"""What the values of a proven run are: their types, their summaries and, for tables, their schemas."""
