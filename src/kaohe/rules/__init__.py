"""The catalogue of scoring methods, each building one expression."""
