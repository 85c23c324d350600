"""Reports, links and suggestions in the admin."""
