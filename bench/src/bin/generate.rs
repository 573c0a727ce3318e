//! Writes a generated corpus as JSON lines.

use std::io::{BufWriter, ErrorKind, Write};

use clap::Parser;
use copydesk_bench::{Corpus, Wire};

/// Writes generated news articles as JSON lines: id, title, date, text, outlet, lang.
///
/// The same seed gives the same bytes on every machine. An article has about 2,300 bytes of text.
#[derive(Parser)]
struct Arguments {
    /// The number of articles
    #[arg(long, default_value_t = 1000)]
    documents: usize,
    /// The seed, which determines the articles
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Include copies of articles, repeated quotes, and people who recur in several articles. The fields `story` and `spoken`
    /// identify them
    #[arg(long)]
    wire: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (plain, wire) = (Corpus::new(arguments.seed), Wire::new(arguments.seed));
    let lines: Box<dyn Iterator<Item = String>> = match arguments.wire {
        false => Box::new(plain.map(|article| article.json_line())),
        true => Box::new(wire.map(|article| article.json_line())),
    };
    for line in lines.take(arguments.documents) {
        match out.write_all(line.as_bytes()) {
            // The reader has closed the pipe, as in `generate | head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written?,
        }
    }
    match out.flush() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
