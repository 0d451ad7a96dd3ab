"""What we owe: cases with one person responsible, a next step with a time, and the customer's clock."""
