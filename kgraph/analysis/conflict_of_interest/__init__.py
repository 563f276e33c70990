"""Where interests collide: patterns of facts that, put together, show a structural conflict of interest."""
