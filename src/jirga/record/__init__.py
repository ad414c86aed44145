"""One record of many reports: events, positions, disputes, threats, commitments, each with its statements."""
