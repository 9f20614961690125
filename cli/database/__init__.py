"""The database of an engine: its schema, its world and its clock."""
