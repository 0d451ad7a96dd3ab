"""Who tells, what comes before what, how often and when: the ways of the company and of its customers."""

from kalevi.demo import clock
from kalevi.interactions.models import Channel, Kind

KINDS = {
    Channel.EMAIL: Kind.MESSAGE,
    Channel.PHONE: Kind.ENCOUNTER,
    Channel.COUNTER: Kind.ENCOUNTER,
    Channel.CHAT: Kind.MESSAGE,
    Channel.WEB_FORM: Kind.MESSAGE,
    Channel.SOCIAL_MEDIA: Kind.MESSAGE,
    Channel.POST: Kind.MESSAGE,
}
TELLERS = {
    "tool_rental": "reijo",
    "yard": "reijo",
    "delivery": "kenneth",
    "recycling_yard": "kalevi",
    "plot_visit": "minna",
    "plot_work": "minna",
    "permit_help": "minna",
    "winter_watch": "minna",
    "web_shop": "camilla",
    "checkout": "camilla",
    "complaint": "camilla",
    "support_email": "camilla",
    "invoice": "elina",
}
# What happened before the words of a touchpoint: (episode, days before: fewest, most).
BEFORE = {
    "delivery": ("web_order", 4, 10),
    "web_shop": ("web_order", 0, 2),
    "checkout": ("visit", 0, 1),
    "store_counter": ("visit", 0, 1),
    "yard": ("visit", 0, 1),
    "tool_rental": ("rental", 2, 5),
    "recycling_yard": ("recycling", 0, 1),
    "plot_visit": ("plot_visit", 1, 2),
    "plot_work": ("plot_work", 60, 90),
    "permit_help": ("plot_visit", 20, 40),
    "invoice": ("trade_order", 14, 25),
    "complaint": ("delivery_order", 10, 30),
    "winter_watch": ("winter", 120, 300),
    "ending": ("visit", 100, 400),
    "after_end": ("delivery_order", 200, 420),
}
MIXES = {
    "household": (
        ("visit", 34),
        ("web_order", 24),
        ("delivery_order", 9),
        ("rental", 9),
        ("recycling", 14),
        ("call", 8),
    ),
    "cottage": (
        ("visit", 20),
        ("web_order", 16),
        ("delivery_order", 13),
        ("rental", 7),
        ("recycling", 13),
        ("plot_visit", 5),
        ("plot_work", 6),
        ("winter", 2),
        ("call", 7),
    ),
    "trade": (("trade_order", 56), ("delivery_order", 16), ("rental", 14), ("recycling", 8), ("call", 6)),
    "prospect": (("plot_visit", 5), ("enquiry", 4), ("call", 2)),
    "stranger": (("enquiry", 3), ("call", 1)),
    "audience": (("guest", 1),),
}
SEASONS = {
    "cottage": clock.COTTAGES,
    "trade": clock.TRADE,
    "audience": clock.COTTAGES,
    "household": clock.BUILDING,
}
