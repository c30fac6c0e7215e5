"""Free-form notes of a candidate: sorted into what a pack holds."""
