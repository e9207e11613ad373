"""What a message may travel in (standard §6.1, §6.3), around bytes that need not be a message."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping

_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*")
_SBDH = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
SBDH_START = (
    f'<s:StandardBusinessDocument xmlns:s="{_SBDH}"><s:StandardBusinessDocumentHeader>'
    "<s:HeaderVersion>1.0</s:HeaderVersion>"
    "<s:Sender><s:Identifier>0088:5790001382445</s:Identifier></s:Sender>"
    "<s:Receiver><s:Identifier>0088:5790000121441</s:Identifier></s:Receiver>"
    "</s:StandardBusinessDocumentHeader>"
).encode()
SBDH_END = b"</s:StandardBusinessDocument>"


def vans(content: bytes, size: int | None = None, data: bytes | None = None) -> bytes:
    """A VANSEnvelope around some bytes; `data` stands in for their base64."""
    encoded = base64.b64encode(content) if data is None else data
    return (
        b'<VANSEnvelope xmlns="urn:oio:medcom:vans-envelope:1.0.4">'
        b"<EnvelopeIdentifier>EPIC1</EnvelopeIdentifier><Message><MetaInformation>"
        b"<Document><Format>XML</Format><SizeInBytes>%d</SizeInBytes></Document>"
        b"</MetaInformation><Data>%s</Data></Message></VANSEnvelope>"
    ) % (len(content) if size is None else size, encoded)


def sbdh(content: bytes) -> bytes:
    """A StandardBusinessDocument with a message inline."""
    return SBDH_START + _DECLARATION.sub(b"", content) + SBDH_END


def sbdh_encoded(content: bytes) -> bytes:
    """A StandardBusinessDocument with a message as base64."""
    return sbdh(b"<s:BinaryContent>%s</s:BinaryContent>" % base64.b64encode(content))


ENCODED: Mapping[str, Callable[[bytes], bytes]] = {
    "vans": vans,
    "sbdh encoded": sbdh_encoded,
    "sbdh around vans": lambda content: sbdh(vans(content)),
    "vans around sbdh": lambda content: vans(sbdh_encoded(content)),
}
"""Wrappings that are well-formed whatever the bytes in them are."""
WRAPPINGS: Mapping[str, Callable[[bytes], bytes]] = {"bare": bytes, "sbdh": sbdh, **ENCODED}
