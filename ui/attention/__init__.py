"""What needs a person, and what waits to be sent."""
