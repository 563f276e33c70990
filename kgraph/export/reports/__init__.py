"""Reports for people, as Markdown and HTML: all about one thing, and where sources part ways."""
