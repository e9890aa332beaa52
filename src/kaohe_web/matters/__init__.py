"""Awards, criticisms, accidents and claims, with document, level and date, checked once."""
