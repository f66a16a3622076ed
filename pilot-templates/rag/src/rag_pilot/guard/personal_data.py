"""Personal data in text: found by pattern and check digit, masked for logs, and masked reversibly for prompts.

Found: e-mail addresses, payment cards (Luhn), IBANs (modulo 97), US social security numbers, telephone numbers.
Names, postal addresses and dates of birth are not found: a pattern cannot tell them from other words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["EMAIL", "CARD", "IBAN", "US_SSN", "PHONE"]
KINDS: tuple[Kind, ...] = ("EMAIL", "IBAN", "CARD", "US_SSN", "PHONE")

# A local part is at most 64 characters, a name of the DNS 253 (RFC 5321, RFC 1035). Bounded, so that no text is slow.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])")
# Two letters, two check digits, 11 to 30 more, in blocks of four or in one piece (ISO 13616).
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
# 13 to 19 digits that begin as payment cards do (ISO/IEC 7812: 2 to 6); with 5 or 6 in front
# also 12; 1800 is an old one of 15.
_CARD = re.compile(r"(?<![\w.,+-])(?:[2-6]|(?=[56]|1800))(?:[ -]?\d){12,18}(?![\w-]|[.,]\d)")
# 000, 666 and 900 to 999 were never given out (Social Security Administration).
_SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])")
# Atomic and possessive, so that a long row of digits is read once and not in every possible grouping.
_PHONE = re.compile(
    r"(?<![\w.,/-])(?>\+?(?:\(\+?\d{1,5}\)[ .-]?)?\d{1,15}"
    r"(?:[ ./-]{0,2}\(\d{1,5}\)[ .-]?\d{1,12}|[ ./-]{1,2}\d{1,12}){0,7}+)"
    r"(?: ?(?:x|ext\.?) ?\d{1,6})?(?![\w-]|[.,]\d)"
)
_WORD_BEFORE = re.compile(
    r"\b(?:phone|telephone|tel|mobile|cell|fax|call|calling|called|dial|ring|sms|text|whatsapp|hotline|contact|"
    r"reach|number is|registered)\b",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(r"^[ ,(]{0,3}(?:phone|tel|mobile|cell|fax|office|home|work|direct)\b", re.IGNORECASE)
# So far from a number may the word stand that makes it a telephone number.
_WORD_DISTANCE = 40
_COUNTRY = re.compile(r"^(?:\+|00)[1-9]")
_DATE = re.compile(r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})$")
_YEARS = re.compile(r"^\d{4}[ -]+\d{4}$")
# Longest number by ITU-T E.164; the shortest that people write down as a number to call.
_MOST_DIGITS, _LEAST_DIGITS = 15, 7


@dataclass(frozen=True)
class PersonalDatum:
    kind: Kind
    start: int
    end: int


@dataclass
class Masking:
    """Stand-ins of one question, and what they stand for. It lives as long as the question and is never written."""

    originals: dict[str, str] = field(default_factory=dict)
    _stand_ins: dict[tuple[str, str], str] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)

    def mask(self, text: str) -> str:
        """The same datum gets the same stand-in all through the question, so that a model can still relate them."""
        return _replace(text, lambda datum, original: self._stand_in(datum.kind, original, text))

    def restore(self, text: str) -> str:
        for stand_in, original in self.originals.items():
            text = text.replace(stand_in, original)
        return text

    def _stand_in(self, kind: str, original: str, text: str) -> str:
        known = self._stand_ins.get((kind, original))
        if known is not None:
            return known
        while True:
            self._numbers[kind] += 1
            made = f"[{kind}_{self._numbers[kind]}]"
            # A document that already says "[EMAIL_1]" must not be turned into somebody's address.
            if made not in text:
                break
        self._stand_ins[kind, original] = made
        self.originals[made] = original
        return made


def find_personal_data(text: str) -> list[PersonalDatum]:
    """Non-overlapping, in order of appearance; what is found by a check digit goes before what only looks alike."""
    found: list[PersonalDatum] = []
    for datum in _candidates(text):
        if all(datum.end <= other.start or datum.start >= other.end for other in found):
            found.append(datum)
    return sorted(found, key=lambda datum: datum.start)


def mask_for_log(text: str) -> str:
    """For everything that is written down: the kind stays, the datum is gone for good."""
    return _replace(text, lambda datum, _: f"[{datum.kind}]")


def passes_luhn(digits: str) -> bool:
    total = 0
    for place, mark in enumerate(reversed(digits)):
        value = int(mark) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and digits.strip("0") != ""


def passes_iban(text: str) -> bool:
    moved = text[4:] + text[:4]
    return int("".join(str(int(mark, 36)) for mark in moved)) % 97 == 1


def _candidates(text: str) -> Iterable[PersonalDatum]:
    for match in _EMAIL.finditer(text):
        yield PersonalDatum("EMAIL", *match.span())
    for match in _IBAN.finditer(text):
        yield from _trim_to_iban(match)
    for match in _CARD.finditer(text):
        if passes_luhn(_digits(match.group())):
            yield PersonalDatum("CARD", *match.span())
    for match in _SSN.finditer(text):
        yield PersonalDatum("US_SSN", *match.span())
    for match in _PHONE.finditer(text):
        if _is_phone(match, text):
            yield PersonalDatum("PHONE", *match.span())


def _trim_to_iban(match: re.Match[str]) -> Iterable[PersonalDatum]:
    """The words after an IBAN may look like its next block: the longest beginning with right check digits counts."""
    text = match.group()
    for length in range(len(text), 14, -1):
        compact = re.sub(r"[ -]", "", text[:length])
        if text[length - 1].isalnum() and 15 <= len(compact) <= 34 and passes_iban(compact):
            yield PersonalDatum("IBAN", match.start(), match.start() + length)
            return


def _is_phone(match: re.Match[str], text: str) -> bool:
    said = match.group()
    digits = _digits(said)
    if not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return False
    if _COUNTRY.match(said) or _WORD_AFTER.search(text[match.end() : match.end() + _WORD_DISTANCE]):
        return True
    if _WORD_BEFORE.search(text[max(0, match.start() - _WORD_DISTANCE) : match.start()]):
        return not _DATE.match(said)
    if _DATE.match(said) or _YEARS.match(said):
        return False
    # Without a country code or a word: grouped as people write numbers to call, with an area code first.
    groups = re.findall(r"\d+", said)
    bracketed = "(" in said
    return len(groups) >= 2 and (bracketed or said.startswith("0") or [len(group) for group in groups[:3]] == [3, 3, 4])


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit() and mark.isascii())


def _replace(text: str, stand_in: Callable[[PersonalDatum, str], str]) -> str:
    pieces, at = [], 0
    for datum in find_personal_data(text):
        pieces += [text[at : datum.start], stand_in(datum, text[datum.start : datum.end])]
        at = datum.end
    return "".join(pieces) + text[at:]
