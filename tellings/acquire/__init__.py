"""What was given -> reports: files, pages, rows, addresses, and the heads of texts."""
