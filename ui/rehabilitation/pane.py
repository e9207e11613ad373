"""One rehabilitation course: who and by when, the plan beside the steps."""

import datetime as dt

from ui import theme
from ui.list_pane import ListPane
from ui.plan.head import citizen_line
from ui.rehabilitation import wording
from ui.rehabilitation.cards import PlanCard, StartCard, StayCard, StepsCard
from ui.translation import term, tr
from visitator.app.rehabilitation_views import RehabilitationView


class RehabilitationPane(ListPane):
    """Draws one course; its cards say what is wanted."""

    def __init__(self) -> None:
        super().__init__(
            name=tr("Genoptræningsforløbet"),
            due=tr("Seneste opstart"),
            citizen=tr("CPR-nummer og alder"),
            empty=tr("Vælg en genoptræningsplan i listen."),
        )
        self.start, self.steps = StartCard(), StepsCard()
        self.stay, self.plan = StayCard(), PlanCard()
        self._view: RehabilitationView | None = None
        steps = self.steps, self.start, self.stay
        # Where there is no room, what is to be done stands above the plan.
        self._lay_out((self.plan,), steps, above=steps)

    def _has_room(self) -> bool:
        needed = theme.TRAINING_TWO_COLUMNS * self.fontMetrics().averageCharWidth()
        return self.viewport().width() >= needed

    @property
    def view(self) -> RehabilitationView | None:
        """What is shown."""
        return self._view

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._view = None
        super().show_nothing()

    def show_course(self, view: RehabilitationView, now: dt.datetime, *, may_write: bool) -> None:
        """Show a course, or the same one as it is now; `may_write`: steps and dates, too."""
        is_other = self._view is None or self._view.row.pathway_id != view.row.pathway_id
        self._view = view
        self._name.setText(wording.name(view.row))
        line = [citizen_line(view.citizen), term(view.row.level), term(view.row.state)]
        self._citizen.setText(" · ".join(line))
        self._show_flags(said for flag, said in wording.FLAGS.items() if flag in view.row.flags)
        for card in (self.start, self.steps, self.stay):
            card.show_course(view, now, may_write=may_write)
        self.plan.show_course(view, now)
        self.show_time(now)
        self._show_inside(is_other=is_other)

    def show_time(self, now: dt.datetime) -> None:
        """Let the deadline follow the clock."""
        if self._view is not None:
            self._show_due(*wording.start_words(self._view.row, now), self._view.rule)
