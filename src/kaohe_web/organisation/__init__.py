"""Units and how they change, who takes part in which year, persons, headcounts, the office calendar."""
