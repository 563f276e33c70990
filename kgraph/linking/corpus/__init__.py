"""Which things of different articles are one."""
