"""A scene as one page that computes the network itself: for a browser, with no network and nothing beside it."""
