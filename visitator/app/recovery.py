"""The recovery key (genoprettelsesnøgle) of a workstation that stands alone.

There the workstation has the only copy of the journal. Its key on paper opens the journal, and the
copies of it, when the keyring is lost along with the computer.
"""

import base64
import hashlib

from visitator.sqlcipher import KEY_LENGTH
from visitator.store.keys import GATEWAY_ACCOUNT, Backend, kept_key, os_backend

JOURNAL_IS_GONE = (
    "Journalen på denne computer findes ikke længere. Det, der kan læses i Visitator, er urørt."
    " Læg den nyeste sikkerhedskopi på plads: visitator recover --from. Er der ingen, begynder en"
    " tom journal med: visitator recover --new"
)
"""An empty one in its place would empty the workstation."""
KEY_IS_GONE = (
    "Nøglen til journalen på denne computer findes ikke i nøgleringen. Journalen er urørt."
    " Log på som den bruger, der plejer at bruge Visitator, eller skriv genoprettelsesnøglen:"
    " visitator recover"
)

_CHECK = 3
_GROUP = 4


class RecoveryError(Exception):
    """What was typed is no recovery key; Danish text."""


def recovery_key(backend: Backend | None = None) -> str | None:
    """The key to be printed: 14 groups of 4 letters and digits; None before the first start.

    Args:
        backend: the keyring; None for the operating system's own.

    Raises:
        StoreError: the keyring is refused, is locked or does not answer.
    """
    key = kept_key(backend or os_backend(), GATEWAY_ACCOUNT)
    return as_words(key) if key is not None else None


def as_words(key: bytes) -> str:
    """A key as one copies it by hand; its last groups tell a slip of the pen."""
    letters = base64.b32encode(key + _check(key)).decode("ascii").rstrip("=")
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def from_words(typed: str) -> bytes:
    """The key that was typed; spaces, hyphens and small letters are no mistake.

    Raises:
        RecoveryError: something is missing or mistyped.
    """
    letters = "".join(typed.split()).replace("-", "").upper()
    # Neither digit is used, so they can only be these letters misread.
    letters = letters.replace("0", "O").replace("1", "I")
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        data = b""
    key, check = data[:KEY_LENGTH], data[KEY_LENGTH:]
    if len(key) != KEY_LENGTH or check != _check(key):
        raise RecoveryError(
            "Genoprettelsesnøglen er ikke skrevet rigtigt. Intet er ændret."
            " Se efter, om alle 14 grupper er med, og prøv igen."
        )
    return key


def _check(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_CHECK]
