"""The channel's work: understanding answers that wait."""

from django_tasks import task

from kalevi.channels.survey.raw import SOURCE
from kalevi.interactions.understanding import newest_waiting, something_waits, understand
from kalevi.interactions.unread import default_reader
from kalevi.jobs.watches import QUICK


def answers_wait() -> bool:
    """Whether an answer waits to be understood."""
    return something_waits(SOURCE)


@task(queue_name=QUICK)
def understand_answers() -> int:
    """Understand the answers that wait, in the order they came; return in how many steps."""
    done, after, newest = 0, 0, newest_waiting(SOURCE)
    while after < newest and (after := understand(reader=default_reader(), source=SOURCE, after=after)):
        done += 1
    return done
