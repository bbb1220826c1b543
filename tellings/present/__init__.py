"""A dossier -> JSON document, HTML page, terminal summary."""
