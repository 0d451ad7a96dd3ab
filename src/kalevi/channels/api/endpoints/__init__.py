"""The endpoints, one module for each thing one may send or read."""
