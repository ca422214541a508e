"""Thin adapters: parse what came, open one unit of work, call one service, show the answer."""
