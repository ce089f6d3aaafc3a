"""The gate screen in Qt Widgets: it shows outcomes as they are given and passes on what was tapped.

No deciding, no storing and no device code here: events come through `Bridge`, wishes go to `Actions`.
"""
