"""One module a screen: binds components to states, and knows nothing below them."""
