"""The use cases behind the screen: what a person can do, in one place. No Qt."""
