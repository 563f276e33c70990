"""Where boxes, arrows and their words stand on a page, so that none hides another."""
