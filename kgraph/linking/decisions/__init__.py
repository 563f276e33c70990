"""What people, and services that they ask, decide about entities."""
