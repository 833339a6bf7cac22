"""claimspans prompt"""

from __future__ import annotations

import json

import click

from ..data.corpus import Corpus
from ..extractors import article_of, parse
from ..extractors.openai.extractor import prompt_for, request
from ..extractors.registry import Setting, options_of
from .run_options import options_given


@click.command("prompt", epilog="Nothing is sent anywhere.")
@click.argument("doc", required=False)
@click.option("--shots", type=click.IntRange(min=0), help="Example articles; never the article itself.")
@click.option("-o", "--option", multiple=True, metavar="NAME=VALUE", help="An option as for openai:; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the request to the letter.")
def command(doc: str | None, shots: int | None, option: tuple[str, ...], as_json: bool) -> None:
    """Show what a language model is asked about an article (DOC, such as 003), or with no article the instructions.

    \b
    Example:
      claimspans prompt
      claimspans prompt 003 --shots 1
      claimspans prompt 003 -o claims=false --json
    """
    corpus = Corpus()
    options = options_of(parse("openai:http://localhost#MODEL"), options_given(option, shots))
    prompt = prompt_for(options, Setting.of(corpus.schema))
    if doc is None:
        messages = [{"role": "system", "content": prompt.system}]
    else:
        corpus.article(doc)
        document = next(document for document in corpus.plain() if document.doc == doc)
        messages = [dict(message) for message in prompt.messages(article_of(document))]
    if as_json:
        click.echo(json.dumps(request(options, prompt, "MODEL", messages), ensure_ascii=False, indent=2))
        return
    for message in messages:
        click.echo(f"--- {message['role']}\n\n{message['content']}\n")
    length = sum(len(message["content"]) for message in messages)
    click.echo(f"{length:,} characters, some {length // 4:,} tokens", err=True)
