"""Facts, figures and statuses in the few words that pictures, pages and tables have room for."""
