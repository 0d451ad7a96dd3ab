"""The customer's side: the page of one case, for whoever holds its link."""
