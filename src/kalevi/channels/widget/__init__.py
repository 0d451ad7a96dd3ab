"""A small button on the company's own pages: a survey answered where the customer is, without cookies."""
