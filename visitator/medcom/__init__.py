"""MedCom wire formats: bytes in, domain messages out, and back. Knows the domain only."""
