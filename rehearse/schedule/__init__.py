"""When to practise which question again, by how it went. No clock is read here: `now` is given."""
