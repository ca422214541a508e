"""One function a use case: check the right, apply the rule, store. They never commit."""
