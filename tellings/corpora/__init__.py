"""Archives: the parts that `tellings.corpus` is built of."""
