//! `copydesk corpus`

use anyhow::{Result, bail};
use copydesk_engine::corpus::{
    CorpusError, CorpusOptions, CorpusOutputs, Identification, Likeness, Registry, Shared, corpus as find,
};
use copydesk_engine::output::SinkError;

use crate::args::CorpusArguments;
use crate::results::{Results, warn_of};
use crate::{NOTHING_RUN, SOME_FAILED, SUCCESS, message};

/// Finds what the documents of a corpus have in common and adds it to their results.
pub(crate) fn corpus(arguments: &CorpusArguments) -> Result<u8> {
    let given = &arguments.results;
    if given.files.iter().any(|file| file.as_os_str() == "-") {
        bail!("the results are read twice, so standard input cannot be used: write them to a file first");
    }
    let options = options(arguments)?;
    let results = Results::of(given, true)?;
    let outputs = CorpusOutputs {
        tables: results.open_tables(given)?,
        lines: results.open_lines()?,
        named: results.named.clone(),
    };
    let shared = match find(&given.files, &options, outputs) {
        Err(CorpusError::Sink(SinkError::BrokenPipe)) => return Ok(SUCCESS),
        shared => shared?,
    };
    warn_of(&shared.failures, shared.failed);
    if !given.quiet {
        report(&shared, &options);
        if let Some(places) = results.places() {
            message::line(format_args!("{} -> {places}", message::count(shared.documents, "document")));
        }
    }
    Ok(match (shared.documents, shared.failed) {
        (_, 0) => SUCCESS,
        (0, _) => NOTHING_RUN,
        _ => SOME_FAILED,
    })
}

fn options(arguments: &CorpusArguments) -> Result<CorpusOptions> {
    let people = match arguments.people.as_str() {
        "corpus" => Identification::Corpus,
        "off" => Identification::Off,
        path => {
            let registry = Registry::read(path.as_ref())?;
            if registry.is_empty() {
                bail!("{path} lists no people");
            }
            Identification::Listed(registry)
        }
    };
    Ok(CorpusOptions {
        copies: (!arguments.no_duplicates).then_some(Likeness { similarity: arguments.similarity }),
        quotations: !arguments.no_quotations,
        people,
        memory: (arguments.memory as usize) << 20,
    })
}

/// Prints the numbers of copies, quotes and people; copies of one article count once.
fn report(shared: &Shared, options: &CorpusOptions) {
    let count = message::count;
    if options.copies.is_some() {
        message::line(format_args!(
            "{}: {} of {}; {} without them",
            count(shared.documents, "document"),
            match shared.copies {
                1 => "1 copy".to_owned(),
                copies => format!("{copies} copies"),
            },
            count(shared.copied, "article"),
            shared.documents - shared.copies
        ));
    }
    if options.quotations {
        message::line(format_args!(
            "{}, {} of them in documents that are not copies; {} repeated in several of these",
            count(shared.quotes, "quote"),
            shared.quotes_once,
            count(shared.recurring, "quote"),
        ));
        for quotation in &shared.widespread {
            let speaker = quotation.speaker.as_deref().unwrap_or("unnamed");
            message::line(format_args!(
                "  {} documents: {speaker}: {}",
                quotation.stories,
                shortened(&quotation.text)
            ));
        }
    }
    if !matches!(options.people, Identification::Off) {
        let people = if shared.people == 1 { "person" } else { "people" };
        message::line(format_args!("{} {people} identified across documents", shared.people));
    }
}

fn shortened(text: &str) -> String {
    const MAX_LENGTH: usize = 80;
    if text.chars().count() <= MAX_LENGTH {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX_LENGTH).collect();
    format!("{}…", start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words))
}
