"""The admin page with the people section, with a real journal of a small compound and a list on a stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from station.core.facts import FactKind
from station.core.model import Scan
from station.journal.batches import Relation
from station.journal.entries import Journal
from station.journal.facts import Facts, News, Said
from station.journal.people import People, Person
from station.journal.proposals import Proposals
from station.pass_desk import StationPassDesk
from station.people_desk import StationPeopleDesk
from station.people_import import StationImportDesk
from station.ui.admin.people import Mode, PeopleSection
from station.ui.admin.people_desk import Block, NewFact
from station.ui.admin.places import Place
from tests.compound import MORNING, Compound
from tests.ui import scenes
from tests.ui.admin.looking import until
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand

LIST = (
    "楼号,单元,房号,姓名,身份证号,手机,人员类别,健康码颜色,备注\n"
    "3,2,501,张小强,,13800005501,居民,,\n"
    "3,2,501,李红,,13800005599,居民,绿码,换了号\n"
    "3,2,502,王芳,11010519491231002X,13800005511,租户,,\n"
    "3,2,503,钱多多,110105194912310021,13800005512,居民,,\n"
    "3,2,,吴二,,1380000,居民,,\n"
    "4,1,101,郑重,,13800004101,居民,,\n"
    "4,1,102,何平,,13800004102,居民,,监护人不详\n"
)


@dataclass
class PeopleOffice(OverGate):
    compound: Compound
    desk: StationPeopleDesk
    documents: Path

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> PeopleOffice:
        gate, compound, zone = Stand.open(size, theme), Compound.open(folder / "station"), scenes.ZONE
        clock, documents = compound.clock, folder / "documents"
        documents.mkdir(parents=True)
        desk = StationPeopleDesk(lambda: compound.journal, zone, clock.now, lambda: "东门")
        lists = StationImportDesk(lambda: compound.journal, zone, desk.forget_index, clock.now)
        admin = admin_over(
            gate,
            lambda host: PeopleSection(
                host,
                desk,
                lists,
                where=lambda: [Place("U 盘 KINGSTON", documents)],
                now=lambda: clock.now().astimezone(zone),
            ),
        )
        gate.bridge.device_event.connect(desk.take)
        return cls(gate, admin, compound, desk, documents)

    def close(self) -> None:
        super().close()
        self.compound.journal.close()

    @property
    def journal(self) -> Journal:
        return self.compound.journal

    @property
    def people(self) -> People:
        return People(self.journal)

    @property
    def section(self) -> PeopleSection:
        return self.only(PeopleSection)

    def enter(self) -> PeopleSection:
        self.admin.open()
        self.settle()
        return self.section

    def card_of(self, name: str) -> PeopleSection:
        section = self.enter()
        section.open(name)  # in the compound a person's id is the name
        return section

    def put_list(self, text: str = LIST, name: str = "3号楼名单.csv") -> Path:
        path = self.documents / name
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        return path


def buildings(office: PeopleOffice) -> None:
    office.enter()


def building(office: PeopleOffice) -> None:
    office.enter().finder.open(Block("3", 5))


def found(office: PeopleOffice) -> None:
    office.enter().finder.typed.setText("zxq")


def not_found(office: PeopleOffice) -> None:
    office.enter().finder.typed.setText("99-9")


def empty(office: PeopleOffice) -> None:
    office.people.remove(office.people.ids(), now=MORNING)
    office.enter()


def known(office: PeopleOffice) -> None:
    """A family with a history, a guardian, a note."""
    people, facts = office.people, Facts(office.journal)
    person = people.person("张小强")
    assert person is not None
    number, note = "11010519491231002X", "腿脚不便，请扶一下"
    people.add(
        [
            Person("张小强", "张小强", "3-2-501", "resident", phones=("13800005501", "02154321098"),
                   id_number=number, occupation="courier", occupation_written="外卖骑手", note=note),
        ],
        as_of=MORNING,
    )  # fmt: skip
    people.relate(
        [Relation("张小强", "proxy", "李红"), Relation("王秀英", "guardian", "张小强")], now=MORNING
    )
    hour = timedelta(hours=1)
    told = (
        ("person", "张小强", FactKind.COLOUR, "yellow", MORNING - 50 * hour, "center", None),
        ("person", "张小强", FactKind.COLOUR, "green", MORNING - 2 * hour, "roster", None),
        ("person", "张小强", FactKind.TEST, "negative", MORNING - 26 * hour, "operator", None),
        ("person", "张小强", FactKind.TRAVEL, "no", MORNING - 72 * hour, "operator", None),
        ("dwelling", people.dwelling_key("3-2-501"), FactKind.ISOLATION, "isolation", MORNING - 20 * hour,
         "operator", MORNING + 100 * hour),
    )  # fmt: skip
    for about, subject, kind, value, as_of, source, end in told:
        news = News(about, subject, kind, value, as_of, source, end)  # type: ignore[arg-type]
        facts.receive([news], now=MORNING, said=Said("017") if source == "operator" else None)


def card(office: PeopleOffice) -> None:
    known(office)
    office.card_of("张小强")


def card_full(office: PeopleOffice) -> None:
    card(office)
    office.section.card.full.setChecked(True)
    office.section.card.past.setChecked(True)


def editing(office: PeopleOffice) -> None:
    card(office)
    office.section.card.edit.click()


def adding(office: PeopleOffice) -> None:
    office.enter().finder.add.click()


def codes(office: PeopleOffice) -> None:
    """A health code and a gate pass."""
    known(office)
    passes = StationPassDesk(
        lambda: office.journal, lambda: "东门", lambda: None, scenes.ZONE, office.compound.clock.now
    )
    passes.issue([one for one in passes.living_in("3-2-501") if one.name == "李红"])
    office.card_of("李红")
    office.section.operator.setText("017")
    office.section.card.keys.click()


def unbinding(office: PeopleOffice) -> None:
    codes(office)
    page = office.section.card.codes
    page.table.mark([page.table.lines[-1].about])
    page.unbind.click()


def family(office: PeopleOffice) -> None:
    card(office)
    office.section.operator.setText("017")
    office.section.card.relatives.click()


def relating(office: PeopleOffice) -> None:
    family(office)
    page = office.section.card.family
    page.add.click()
    page.picker.typed.setText("3-")


def relating_asked(office: PeopleOffice) -> None:
    relating(office)
    office.section.card.family.picker.typed.returnPressed.emit()


def unrelating(office: PeopleOffice) -> None:
    family(office)
    page = office.section.card.family
    page.table.mark([page.table.lines[0].about])
    page.remove.click()


def changed(office: PeopleOffice) -> None:
    """By several operators, with reasons; an isolation that a second one confirmed, a block that waits."""
    known(office)
    desk, person = office.desk, "张小强"
    isolation = NewFact("isolation", "close_contact", desk.local(), desk.local(7), why="街道通知 4 号")
    desk.tell(person, isolation, "017")
    desk.settle(desk.waiting()[0].number, "021", confirmed=True)
    desk.tell(person, NewFact("block", "lost_card", desk.local()), "017")
    desk.settle(desk.waiting()[0].number, "021", confirmed=False)
    desk.tell(person, NewFact("right", "东门", desk.local(), desk.local(30)), "017")
    desk.bind(person, "old phone", "017")
    held = desk.card(person).held[0]
    desk.unbind(person, held, "021", "lost\n他女儿打电话来说的")
    office.card_of(person)
    office.section.card.who_changed.click()


def removing(office: PeopleOffice) -> None:
    card(office)
    office.section.card.remove.click()


def permitting(office: PeopleOffice) -> None:
    """A worker's right to this gate, for thirty days."""
    telling(office)
    form = office.section.card.fact
    form.kind.setCurrentIndex(form.kind.findData("right"))
    form._last(30)


def permitting_elsewhere(office: PeopleOffice) -> None:
    permitting(office)
    form = office.section.card.fact
    form.value.setCurrentIndex(form.value.count() - 1)


def listening(office: PeopleOffice) -> None:
    card(office)
    office.section.operator.setText("017")
    office.section.card.keys.click()
    office.section.card.codes.bind.click()


def heard(office: PeopleOffice) -> None:
    listening(office)
    office.gate.bridge.publish(Scan("https://example.org/code/1", 1.0, "keyboard", "keyboard"))
    until(lambda: office.section.card.codes.question.isVisible())


def telling(office: PeopleOffice) -> None:
    card(office)
    office.section.card.note.click()
    office.section.card.fact.kind.setCurrentIndex(1)


def isolating(office: PeopleOffice) -> None:
    card(office)
    office.section.card.isolate.click()


def propose(office: PeopleOffice) -> None:
    key = office.people.dwelling_key("3-2-101")
    proposals, late = Proposals(office.journal), timedelta(minutes=12)
    block = News("person", "周凤", "block", "lost_card", MORNING - late, "operator")
    house = News("dwelling", key, "isolation", "isolation", MORNING, "operator", MORNING + timedelta(days=7))
    proposals.propose(block, "017", now=MORNING - late)
    proposals.propose(house, "021", now=MORNING)


def waiting(office: PeopleOffice) -> None:
    propose(office)
    section = office.enter()
    section.show_mode(Mode.WAITING)
    section.waiting.table.mark([section.waiting.table.lines[0].about])


def same_operator(office: PeopleOffice) -> None:
    waiting(office)
    office.section.waiting.operator.setText("017")
    office.section.waiting.confirm.click()


def files(office: PeopleOffice) -> None:
    office.put_list()
    office.put_list(name="租户.csv")
    office.enter().show_mode(Mode.IMPORT)


def no_files(office: PeopleOffice) -> None:
    office.enter().show_mode(Mode.IMPORT)


def preview(office: PeopleOffice) -> None:
    path = office.put_list()
    office.enter().show_mode(Mode.IMPORT)
    office.section.operator.setText("017")
    office.section.lists.look_at(path)
    office.settle()


def preview_changed(office: PeopleOffice) -> None:
    preview(office)
    office.section.lists.preview.sorts.button(2).click()


def asking_to_import(office: PeopleOffice) -> None:
    preview(office)
    office.section.lists.preview.take.click()


def imported(office: PeopleOffice) -> None:
    asking_to_import(office)
    office.section.lists.question.answer(yes=True)
    office.settle()


def undoing(office: PeopleOffice) -> None:
    imported(office)
    page = office.section.lists
    page.batches.mark([page.batches.lines[0].about])
    page.undo.click()


STATES: dict[str, Callable[[PeopleOffice], None]] = {
    "buildings": buildings,
    "building": building,
    "found": found,
    "not_found": not_found,
    "empty": empty,
    "card": card,
    "card_full": card_full,
    "editing": editing,
    "adding": adding,
    "codes": codes,
    "unbinding": unbinding,
    "family": family,
    "relating": relating,
    "relating_asked": relating_asked,
    "unrelating": unrelating,
    "changed": changed,
    "removing": removing,
    "permitting": permitting,
    "permitting_elsewhere": permitting_elsewhere,
    "listening": listening,
    "heard": heard,
    "telling": telling,
    "isolating": isolating,
    "waiting": waiting,
    "same_operator": same_operator,
    "files": files,
    "no_files": no_files,
    "preview": preview,
    "preview_changed": preview_changed,
    "asking_to_import": asking_to_import,
    "imported": imported,
    "undoing": undoing,
}
