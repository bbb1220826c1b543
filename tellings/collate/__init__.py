"""One story -> what its reports say together: passages, origins, edits, actors, claims, conflicts, when and where."""
