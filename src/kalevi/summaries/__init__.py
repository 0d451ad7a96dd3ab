"""What readings of many comments add up to, and how that is shown: terminal, HTML, PDF, rows.

tally = Tally()
tally.add(row_number, reading)           # as many as there are, in bounded memory
findings = findings_of(tally)
print(page(findings, Wording.of("fi")))  # or summary(...), or document(...)

Each is imported from its own module: every command wants the words, few want all that makes a document.
"""
