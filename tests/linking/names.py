"""Names that meet, or nearly meet, in the laws of linking."""

from __future__ import annotations

from kgraph.model import EntityType

NAMES = {
    EntityType.ORGANIZATION: [
        "&",
        "of",
        "Meta",
        "Meta Platforms",
        "Scale",
        "Scale AI",
        "Delta",
        "Delta Air Lines",
        "GM",
        "General Motors",
        "AT&T",
        "Senate",
    ],
    EntityType.PERSON: [
        "Dr.",
        "?",
        "Wang",
        "Alexandr Wang",
        "James Murphy",
        "J. Murphy",
        "Murphy",
        "Mrs Clinton",
        "Bill Clinton",
        "Hillary Clinton",
        "President Wang",
        "President Alexandr Wang",
        "Alexandr Wangg",
        "Alexandr B. Wang",
        "Alexandr C. Wang",
    ],
    EntityType.PLACE: [
        "US",
        "United States",
        "Paris",
        "Paris, Texas",
        "Paris, France",
        "City of Paris",
        "France",
        "Italy",
        "Austin, Texas",
        "Lebanon",
        "Lebanon, Pennsylvania",
    ],
    EntityType.PRODUCT: ["...", "—", "Inc.", "The", "iPhone", "iPhones", "iPhone 4", "Delta"],
    EntityType.GOVERNMENT_BODY: [
        "Senate",
        "US Senate",
        "Italian Senate",
        "government",
        "Wang administration",
        "Treasury",
        "Federal Market Safety Committee",
        "European Commission",
        "European Commision",
    ],
}
