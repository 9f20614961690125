"""How people write days, months, deadlines, shares and articles, in Indonesian and in English."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from law.periods import JAKARTA, day_of

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages, plain Indonesian first."""

    id: str
    en: str

    def spoken(self, language: Language) -> str:
        """The text in a language."""
        return self.id if language == "id" else self.en


MONTH_NAMES = (
    Bilingual("Januari", "January"),
    Bilingual("Februari", "February"),
    Bilingual("Maret", "March"),
    Bilingual("April", "April"),
    Bilingual("Mei", "May"),
    Bilingual("Juni", "June"),
    Bilingual("Juli", "July"),
    Bilingual("Agustus", "August"),
    Bilingual("September", "September"),
    Bilingual("Oktober", "October"),
    Bilingual("November", "November"),
    Bilingual("Desember", "December"),
)


ASSUMPTION = "assumption: "
RECORD_OF_ASSUMPTION = re.compile(r"docs/decisions/(\d{4})[^\s;]*")
INDONESIAN_CITATIONS = {
    "ministry's procedure of 8 September 2022": "tata cara kementerian tanggal 8 September 2022",
    "the texts are silent": "peraturan tidak mengaturnya",
    "the three days of the procedure are working days": "tiga hari itu dihitung sebagai hari kerja",
    " as amended by ": " jo. ",
}
ENGLISH_CITATIONS = {
    " Pasal ": " article ",
    "Peraturan BPJS Ketenagakerjaan ": "BPJS Ketenagakerjaan Regulation ",
}


def day_text(day: date, language: Language) -> str:
    """A day as people write it: `15 Maret 2025`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1].spoken(language)} {day.year}"


def calendar_month_text(month: str, language: Language) -> str:
    """A calendar month out of `2025-03`: `Maret 2025`."""
    year, _, number = month.partition("-")
    return f"{MONTH_NAMES[int(number) - 1].spoken(language)} {year}"


def instant_day_text(instant: datetime, language: Language) -> str:
    """The Jakarta day on which an instant falls."""
    return day_text(day_of(instant), language)


def until_text(deadline: datetime, language: Language) -> str:
    """A deadline as the last minute that is still in time: `15 Maret 2025 pukul 23.59 WIB`."""
    # The deadline is the first instant outside, so that midnight reads as the end of the day before it.
    last = (deadline.astimezone(UTC) - timedelta(microseconds=1)).astimezone(JAKARTA)
    if language == "id":
        return f"{day_text(last.date(), 'id')} pukul {last:%H.%M} WIB"
    return f"{day_text(last.date(), 'en')} at {last:%H:%M} WIB"


def percent_text(share: str | Decimal, language: Language) -> str:
    """A share of one as a percentage: `0.60` is `60%`."""
    return hundredths_text(Decimal(share) * 100, language)


def hundredths_text(percent: str | Decimal, language: Language) -> str:
    """A percentage without idle zeros: `79.50` is `79,5%` in Indonesian."""
    plain = f"{Decimal(percent):.2f}".rstrip("0").rstrip(".")
    return f"{plain.replace('.', ',') if language == 'id' else plain}%"


def article_text(citation: str, language: Language) -> str:
    """Dasar hukum as people read it; an assumption is our reading, known by the number of its record."""
    reading = r"penafsiran kami nomor \1" if language == "id" else r"our reading no. \1"
    cited = RECORD_OF_ASSUMPTION.sub(reading, citation.replace(ASSUMPTION, ""))
    for written, read in (INDONESIAN_CITATIONS if language == "id" else ENGLISH_CITATIONS).items():
        cited = cited.replace(written, read)
    return cited
