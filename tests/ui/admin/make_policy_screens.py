"""The rules section as PNG files: `python -m tests.ui.admin.make_policy_screens FOLDER [WORD…]`."""

from __future__ import annotations

from collections.abc import Callable

from station.policy_desk import policy_text
from station.ui.admin.parts import Field
from station.ui.admin.policy import DRILL, FORM, HISTORY, TRIAL
from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.admin.rules_office import RulesOffice


def in_force(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "街道通知 4 号")
    assert office.rules


def form(office: RulesOffice) -> None:
    rules = office.rules
    rules.show_page(FORM)
    rules.form.editors["temperature.limit_c.forehead"].setFocus()
    rules.form.start.setCurrentIndex(3)
    rules.form.start.activated.emit(3)


def form_colour(office: RulesOffice) -> None:
    form(office)
    office.rules.form.matters.buttons()[1].click()
    editor = office.rules.form.editors["colour.max_age_hours"]
    assert isinstance(editor, Field)
    editor.setText("12")
    editor.editingFinished.emit()


def untried(office: RulesOffice) -> None:
    form(office)
    office.rules.show_page(TRIAL)


def tried(office: RulesOffice) -> None:
    untried(office)
    office.try_out()


def activating(office: RulesOffice) -> None:
    tried(office)
    signature = office.rules.trial.signature
    signature.by.setText("07")
    signature.reason.setText("街道通知 4 号")
    office.rules.trial.activate.click()


def history(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "街道通知 4 号")
    office.desk.activate(policy_text("sealed"), "12", "三号楼有阳性")
    office.desk.activate(policy_text("controlled"), "07", "解除")
    office.rules.show_page(HISTORY)


def drill(office: RulesOffice) -> None:
    office.desk.activate(policy_text("controlled"), "07", "街道通知 4 号")
    office.desk.switch_codes("07", "市里系统崩了", down=True)
    office.pass_without_codes()
    office.rules.show_page(DRILL)
    office.rules.drill.which.setCurrentIndex(0)
    office.rules.drill.verify.click()


STATES: dict[str, Callable[[RulesOffice], None]] = {
    "in_force": in_force,
    "form": form,
    "form_colour": form_colour,
    "untried": untried,
    "tried": tried,
    "activating": activating,
    "history": history,
    "drill": drill,
}


if __name__ == "__main__":
    take_admin_pictures(STATES, RulesOffice.open)
