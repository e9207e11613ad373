"""A hospital that is not one: it sends real messages about invented citizens, and answers."""
