"""Where sources part ways: every difference between claims, typed, explained and told apart from mere change."""
