"""An SMTP sink with pages to read what it received."""
