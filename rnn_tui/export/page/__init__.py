"""A scene as one page: the network, and what draws it, in plain JavaScript."""
