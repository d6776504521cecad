"""Names of people and places: how they are compared (`fold`)."""
