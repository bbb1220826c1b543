"""Word lists, tables and weights as data, each with its origin and licence."""
