"""What names say by themselves, and what the catalogue knows of them."""
