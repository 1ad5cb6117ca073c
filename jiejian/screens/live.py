"""A live workshop as those who take part see it: join, and be in the room."""

from jiejian.ui.rooms import live_view

live_view.live()
