"""The list of experiences as Django would render it: the peer of the browser bench."""
