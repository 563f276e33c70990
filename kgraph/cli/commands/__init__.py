"""The commands, by what they do; each module registers its own with `app`."""
