"""The words in which people are told what was decided: one table for letters, portals and the status page."""
