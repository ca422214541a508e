"""Hard documents: sent, read apart, masked by people, published, marked by readers."""
