"""Names of people and places: how they are compared (`fold`), found in texts (`detect`), how else
one is written (`spellings`), which are nearly the same (`near`), what none may hold (`written`)."""
