"""Names of people and places: how they are compared (`fold`), and found in texts (`detect`)."""
