"""What was learnt and measured, as files; `MODEL_CARD.md` says from what."""

from pathlib import Path

__all__ = ["FILES"]

FILES = Path(__file__).parent
