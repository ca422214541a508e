"""The demonstration: invented experiences, loaded through the services like real ones."""
