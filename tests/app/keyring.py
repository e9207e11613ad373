"""A keyring for tests; its name passes it off as the operating system's own."""

from __future__ import annotations


class MemoryKeyring:
    """Keeps secrets for as long as a test lasts."""

    def __init__(self, key: bytes | None = None) -> None:
        self.kept: dict[str, str] = {}
        if key is not None:
            self.kept["visitator/lokal-database"] = key.hex()
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._require_open()
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._require_open()
        self.kept[f"{service}/{username}"] = password

    def _require_open(self) -> None:
        if self.is_locked:
            raise RuntimeError("locked")


MemoryKeyring.__module__, MemoryKeyring.__qualname__ = (
    "keyring.backends.SecretService",
    "Keyring",
)
