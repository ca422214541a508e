"""Examples of the components, by family, with sentences a citizen or an agent would read."""
