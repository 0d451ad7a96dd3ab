"""Work to do later: a leased table behind the standard Tasks interface."""
