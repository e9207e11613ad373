"""The tests. They mirror visitator/ and ui/."""
