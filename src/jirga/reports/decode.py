"""Bytes to text, with nothing lost silently."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

__all__ = ["Decoded", "decode", "is_binary"]

SNIFF = 8192  # bytes looked at to tell text from binary
CONTROL_SHARE = 0.05  # more control characters than this in the sniffed part is no prose
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SINGLE = ("latin_1", "cp125", "iso8859_", "hp_roman8", "cp775", "cp85")
"""Beginnings of the guesses that a text with few letters beyond ASCII cannot tell apart."""
SIGNS = frozenset(
    "“”„‘’‚–—…€£¥§°·•™©®«»†‡‹›\xa0\xad¡¿ŠšŽžŒœŸ"
)  # below À, these are what Windows-1252 is used for
RARE = frozenset("þÞðÐýÝ×÷")  # above it, these are letters of Turkish in another encoding
FEW_LETTERS = 0.06  # share of letters from À on; Czech has more
BROKEN_SHARE = (
    0.02  # up to this share of undecodable bytes a text is broken UTF-8, beyond it another encoding
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and what a person should know of it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def is_binary(raw: bytes) -> bool:
    """Tell whether bytes are no text: NUL bytes (outside UTF-16) or many control characters."""
    head = raw[:SNIFF]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    if b"\0" in head:
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return bool(head) and control / len(head) > CONTROL_SHARE


def decode(raw: bytes) -> Decoded:
    """Decode a report's bytes.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    Decoded
        UTF-8 where the bytes are UTF-8; UTF-8 with U+FFFD for a few broken bytes (told in the notes);
        else the encoding that charset-normalizer finds most likely (told in the notes). Line ends stay.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _with_bom(raw, encoding)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    mended = raw.decode("utf-8", errors="replace")
    broken = mended.count("�")
    high = sum(byte > 127 for byte in raw)
    if broken <= max(1, BROKEN_SHARE * len(raw)) and broken * 2 < high:
        return Decoded(mended, "utf-8", (_broken(broken),))
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        return Decoded(mended, "utf-8", (_broken(broken),))
    text, encoding = str(best), best.encoding
    if encoding.startswith(SINGLE) and (told := _windows(raw)) is not None:
        text, encoding = told, "cp1252"
    return Decoded(text, encoding, (f"Not UTF-8; read as {encoding}, which is a guess.",))


def _windows(raw: bytes) -> str | None:
    """Return the text as Windows-1252, which people use most, where it looks like that; else None."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [letter for letter in text if letter > "\x7f"]
    letters = [letter for letter in high if letter not in SIGNS]
    plausible = all("À" <= letter <= "ÿ" and letter not in RARE for letter in letters)
    return text if plausible and len(letters) <= FEW_LETTERS * len(text) else None


def _with_bom(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    broken = text.count("�")
    return Decoded(text, encoding, (_broken(broken),) if broken else ())


def _broken(count: int) -> str:
    places = "place" if count == 1 else "places"
    return f"Broken UTF-8 in {count} {places}; shown as �."
