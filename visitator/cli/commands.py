"""The commands of `visitator`; what needs no window is done without loading Qt."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from visitator.cli.gateway import gateway
from visitator.domain.agreement import Agreement, AgreementError
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.deadlines import COPENHAGEN, to_copenhagen
from visitator.resources import DEFAULT_AGREEMENT, ResourceError, load_agreement

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(gateway, name="gateway")


@app.callback()
def visitator() -> None:
    """Visitator: modtag sygehusets meddelelser, svar til tiden, og efterlad et ordentligt notat.

    Uden en kommando åbnes vinduet.
    """


_Files = Annotated[list[Path], typer.Argument(metavar="FIL", help="MedCom-filer, som de kom.")]
_Json = Annotated[bool, typer.Option("--json", help="Skriv én JSON-liste med alle breve.")]
_Agreement = Annotated[str, typer.Option(help="Aftaleprofilen, fristerne regnes efter.")]
_Received = Annotated[
    str | None,
    typer.Option(
        metavar="TIDSPUNKT",
        help="Modtaget i kommunen, dansk tid: 2026-02-02T08:00. Ellers regnes fra afsendelsen.",
    ),
]


@app.command()
def inspect(
    files: _Files,
    as_json: _Json = False,
    agreement: _Agreement = DEFAULT_AGREEMENT,
    received: _Received = None,
) -> None:
    """Læs meddelelser: hvad de er, hvem de handler om, og hvad der skal gøres hvornår."""
    from visitator.cli.inspection import run

    profile = _agreement(agreement)
    at = _instant(received) if received else None
    raise typer.Exit(run(files, as_json=as_json, agreement=profile, received_at=at))


_Headless = Annotated[bool, typer.Option("--headless", help="Uden skærm: fortæl, hvad der sker.")]
_Speed = Annotated[
    float, typer.Option(min=0, help="Minutter i demoen pr. sekund; 0 er så hurtigt som muligt.")
]


@app.command()
def demo(
    headless: _Headless = False, agreement: _Agreement = DEFAULT_AGREEMENT, speed: _Speed = 0
) -> None:
    """Prøv programmet med opdigtede borgere og et simuleret sygehus; alt slettes igen."""
    if not headless:
        from visitator.cli.screen import show_demo

        raise typer.Exit(show_demo(_agreement(agreement)))
    from visitator.cli.demo import run_headless

    start = dt.datetime.now(COPENHAGEN).replace(second=0, microsecond=0)
    raise typer.Exit(run_headless(_agreement(agreement), start, speed))


_Settings = Annotated[
    Path | None, typer.Option("--settings", metavar="FIL", help="Læs denne indstillingsfil.")
]
_Folders = Annotated[
    list[Path] | None, typer.Option("--folder", metavar="MAPPE", help="En postmappe at se efter.")
]


@app.command()
def doctor(settings: _Settings = None, folder: _Folders = None) -> None:
    """Se efter, om denne computer har, hvad programmet behøver, eller hvad der skal gøres."""
    from visitator.cli.doctor import examine

    raise typer.Exit(examine(settings, tuple(folder or ())))


@app.command()
def recover(
    settings: _Settings = None,
    copy: Annotated[
        Path | None, typer.Option("--from", metavar="FIL", help="Tag denne sikkerhedskopi i brug.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Begynd med en tom journal, når den gamle er væk.")
    ] = False,
) -> None:
    """Tag journalen på denne computer i brug igen med genoprettelsesnøglen fra papiret."""
    from visitator.cli.recovery import run, run_anew

    if new:
        raise typer.Exit(run_anew(settings))
    raise typer.Exit(run(settings, copy, typer.prompt("Genoprettelsesnøgle", hide_input=True)))


def _agreement(agreement_id: str) -> Agreement:
    try:
        return load_agreement(agreement_id)
    except (ResourceError, AgreementError) as error:
        raise typer.BadParameter(str(error), param_hint="--agreement") from error


def _instant(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            "skriv tidspunktet som 2026-02-02T08:00", param_hint="--received"
        ) from error
    at = at if at.tzinfo else at.replace(tzinfo=COPENHAGEN)
    try:
        return to_copenhagen(at)
    except (CalendarRangeError, OverflowError) as error:
        text = "tidspunktet ligger uden for kalenderen"
        raise typer.BadParameter(text, param_hint="--received") from error
