"""`station calibrate`: what a thermometer showed and what was true. The record stays; nothing raw changes."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from station.commands.journal import storage_words
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.thermometers import family_of
from station.commands.words import found_or_said, translate
from station.core.calibration import Calibration, CalibrationError
from station.core.model import Instrument, Site
from station.devices.thermometers import Family
from station.devices.thermometers.family import sites_of
from station.journal.calibrations import Calibrations
from station.journal.entries import Journal


def calibrate(arguments: argparse.Namespace) -> Exit:
    """Record a comparison; it counts when the gate is opened next. Under a misspelt family, or of a site that
    this family does not measure, it never would."""
    family = family_of(arguments.family)
    try:
        calibration = Calibration(
            instrument=Instrument(arguments.instrument, family.slug),
            site=_site(family, arguments.site),
            reference_c=arguments.reference,
            shown_c=arguments.shown,
            by=arguments.by,
            at=datetime.now(UTC),
        )
    except CalibrationError as error:
        raise CommandError(
            translate("cli", "不能这样校准（{}）：差得太多就换一支测温仪，别硬改").format(error),
            Exit.WRONG_USE,
        ) from error
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        Calibrations(journal).add(calibration)
    _show(calibration, as_json=arguments.json)
    return Exit.DONE


def show_all(arguments: argparse.Namespace) -> Exit:
    """Every comparison on record, oldest first. Exit 1 if there is none."""
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        known = Calibrations(journal).all()
    for calibration in known:
        _show(calibration, as_json=arguments.json)
    return found_or_said(known)


def _site(family: Family, asked: str | None) -> Site:
    """Where it measures; an instrument with two modes says which one it is in with each reading."""
    known = sites_of(family)
    if asked is None and len(known) == 1:
        return known[0]
    if asked is None or Site(asked) not in known:
        said = translate("cli", "{} 量的是 {}：请用 --site 写明它显示的是哪一种").format(
            family.slug, "、".join(site.value for site in known)
        )
        raise CommandError(said, Exit.WRONG_USE)
    return Site(asked)


def _show(calibration: Calibration, *, as_json: bool) -> None:
    instrument, at = calibration.instrument, calibration.at
    if as_json:
        print_json(
            {
                "instrument": instrument.name,
                "family": instrument.family,
                "site": calibration.site.value,
                "reference_c": calibration.reference_c,
                "shown_c": calibration.shown_c,
                "offset_c": calibration.offset_c,
                "by": calibration.by,
                "at": at.isoformat(timespec="seconds"),
            }
        )
    else:
        said = translate("cli", "{}（{}，{}）：显示 {:.2f}，标准 {:.2f}，加 {:+.2f} °C · {} · {}")
        print_line(
            said.format(
                instrument.name,
                instrument.family,
                calibration.site.value,
                calibration.shown_c,
                calibration.reference_c,
                calibration.offset_c,
                calibration.by,
                at.astimezone().strftime("%Y-%m-%d %H:%M"),
            )
        )
