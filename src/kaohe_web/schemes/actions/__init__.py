"""What happens to a scheme: written, consulted on, adopted, amended; its targets set and moved."""
