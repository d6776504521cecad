"""Names of people and places: how they are compared (`fold`), how else one is written
(`spellings`), which are nearly the same (`near`), and what none may hold (`written`)."""
