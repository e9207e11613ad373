"""The window: Qt Widgets. Draws state and sends intentions; knows visitator.app only."""
