"""The page to try the pilot: one file for the browser; nothing comes from elsewhere."""

import secrets
from importlib import resources


def read_page() -> str:
    return resources.files("mlops_pilot").joinpath("page.html").read_text(encoding="utf-8")


def protect(page: str) -> tuple[str, str]:
    """The page under a fresh nonce, and the Content-Security-Policy that goes with it."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.replace("{{nonce}}", nonce), policy
