"""What readings of many comments add up to, and how that is shown: terminal, HTML, PDF, rows.

tally = Tally()
tally.add(row_number, reading)           # as many as there are, in bounded memory
findings = findings_of(tally)
print(page(findings, Wording.of("fi")))  # or summary(...), or document(...)
"""

from kalevi.summaries.document import document
from kalevi.summaries.findings import Findings, findings_of
from kalevi.summaries.page import page
from kalevi.summaries.tally import Tally
from kalevi.summaries.terminal import summary
from kalevi.summaries.wording import Wording

__all__ = ["Findings", "Tally", "Wording", "document", "findings_of", "page", "summary"]
