"""From a report to statements: parsing, names, attributions, statements."""
