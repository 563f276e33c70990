"""How a text says it: as done, planned or denied, as hearsay, and in whose words."""
