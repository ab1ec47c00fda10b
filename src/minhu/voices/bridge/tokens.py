"""Secrets and tokens: the follow-up code, and the token that only counts distinct people."""

import hashlib
import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for each other when read aloud."""
LENGTH, PART = 16, 4


def new_code() -> str:
    """A follow-up code: 80 random bits in four parts of four, fit to be written down."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    return "-".join(signs[at : at + PART] for at in range(0, LENGTH, PART))


def bare_code(code: str) -> str:
    """A code as somebody typed it, without spaces and dashes; nothing if it cannot be one."""
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def code_digest(code: str) -> str:
    """What is kept of a code; enough bits to need no salt."""
    return hashlib.sha256(bare_code(code).encode()).hexdigest()


def salted(salt: str, value: str) -> str:
    """A value that cannot be guessed back once its salt is gone."""
    return hmac.new(salt.encode(), value.encode(), "sha256").hexdigest()


def new_salt() -> str:
    """256 random bits."""
    return secrets.token_hex(32)


def contact_key(name: str, value: str) -> str:
    """A contact in one spelling, so that the same phone counts once."""
    if name == "phone":
        return "phone:" + "".join(sign for sign in value if sign.isdigit())[-11:]
    return f"{name}:{value.strip().casefold()}"
