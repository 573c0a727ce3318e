//! `copydesk serve`: a local server that shows results in the browser.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use copydesk_core::Source;
use copydesk_engine::input::Page;
use copydesk_engine::output::{Head, LineMaker, OffsetUnit};
use copydesk_engine::{Analyzer, Registry};
use copydesk_reader::{Analyse, Article, article};

use crate::args::ServeArguments;
use crate::{SUCCESS, message, run};

/// Serves a file until Ctrl-C.
pub(crate) fn serve(arguments: &ServeArguments) -> Result<u8> {
    let address: SocketAddr = arguments
        .listen
        .parse()
        .with_context(|| format!("--listen {}: not an address such as 127.0.0.1:8321", arguments.listen))?;
    if !address.ip().is_loopback() {
        message::warning(format_args!(
            "{address} can be reached from other machines, by anybody, without a password"
        ));
    }
    let analyse = (!arguments.no_analysis).then(analyse).transpose()?;
    let ready = |bound: SocketAddr| {
        message::line(format_args!("{} on http://{bound}/ (Ctrl-C to stop)", arguments.file.display()));
    };
    copydesk_reader::serve(&arguments.file, address, analyse, ready)
        .with_context(|| format!("cannot serve {}", arguments.file.display()))?;
    Ok(SUCCESS)
}

/// Analyses pasted articles with all stages.
fn analyse() -> Result<Analyse> {
    let config = run::load(None, &[], &Registry::built_in())?;
    Ok(Box::new(move |text| analysed(&config.plan, text)))
}

/// Analyses a text, or the article of a web page.
fn analysed(plan: &copydesk_engine::Plan, pasted: &str) -> Result<Article, String> {
    let page = Page::is_page(pasted).then(|| Page::read(pasted)).transpose()?.unwrap_or_default();
    let text = if page.text.is_empty() { pasted } else { &page.text };
    let (title, date) = (page.title.as_deref(), page.date.as_deref());
    let mut analyzer = Analyzer::new(plan);
    let source = Source { id: "pasted", text, title, date, ..Source::default() };
    let analysed = analyzer.analyze(source).map_err(|error| error.to_string())?;
    let head = Head { id: "pasted", title, date, text, fields: &[], ..Head::default() };
    let mut maker = LineMaker::new(OffsetUnit::Utf16, plan.layers());
    Ok(article(&maker.line(&head, Some(&analysed.document.view()), None)))
}
