"""`center provider`: whether the provider that is described answers, without a gate."""

from __future__ import annotations

import argparse
import asyncio
import sys

from center.commands.place import now_ms
from center.provider import FILE, Found, Provider, ProviderError, load_provider
from center.result import CommandError, Exit, Say, print_json, print_line


def try_one(arguments: argparse.Namespace, say: Say) -> Exit:
    """Ask of one code. Exit 1 if no colour comes."""
    token = sys.stdin.readline().rstrip("\r\n") if arguments.token == "-" else arguments.token
    try:
        provider = load_provider(arguments.data)
    except (ProviderError, OSError) as error:
        raise CommandError(say("健康码接口的说明 provider.toml 有错：{}").format(error)) from error
    if provider is None:
        raise CommandError(say("没有配接口：{}").format(arguments.data / FILE))
    found = asyncio.run(_ask(provider, token))
    if arguments.json:
        print_json(
            {"colour": found.colour or None, "as_of_ms": found.as_of_ms or None, "problem": found.problem}
        )
    else:
        print_line(found.colour or say("没有答案：{}").format(found.problem))
    return Exit.DONE if found.colour else Exit.NEGATIVE


async def _ask(provider: Provider, token: str) -> Found:
    try:
        return await provider.ask("", token, now_ms())
    finally:
        await provider.close()
