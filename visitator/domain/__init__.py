"""What a visitator works with, as plain values and pure functions: no I/O and no clock."""
