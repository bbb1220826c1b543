"""Invented reports of an invented event, and in planted.json what is hidden in them."""
