"""Speed, memory and scale, measured by one command: `python -m bench`."""
