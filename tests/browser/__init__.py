"""The built site as readers use it: in a browser without a window, from disk and from a server.

A package, so that the browser is closed before the notebook tests start event loops of their own.
"""
