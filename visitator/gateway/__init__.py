"""The gateway (porten): journal of record, the rules at its door, MedCom transports, users."""
