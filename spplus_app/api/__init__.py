"""HTTP: the outer layer, sign-in, private links, what is typed brought back."""
