//! `copydesk train`

use std::path::Path;

use anyhow::{Context, Result};

use copydesk_train::{
    ClassSettings, CorefGroup, CorefSettings, EntityGroup, EntitySettings, QuoteSettings, SentimentSettings,
    SentimentSources, StanceGroup, StanceSettings, SyntaxSettings,
};

use crate::args::{TrainArguments, TrainCommand};
use crate::{SUCCESS, message};

/// Trains a model and writes it.
pub(crate) fn train(arguments: &TrainArguments) -> Result<u8> {
    match &arguments.command {
        TrainCommand::Entity { gold, epochs, size, copies, runs, without, output } => {
            let named = |(name, _): &&(&str, EntityGroup)| without.iter().any(|wanted| wanted == name);
            let groups: Vec<EntityGroup> =
                EntityGroup::ALL.iter().filter(named).map(|(_, group)| *group).collect();
            let settings = EntitySettings {
                epochs: *epochs,
                size: *size,
                copies: *copies,
                runs: *runs,
                ..EntitySettings::default()
            };
            let (model, report) = copydesk_train::entity(gold, settings, &groups)?;
            message::line(report);
            write(output, &model)
        }
        TrainCommand::Coref { gold, epochs, without, output } => {
            let named = |(name, _): &&(&str, CorefGroup)| without.iter().any(|wanted| wanted == name);
            let groups: Vec<CorefGroup> =
                CorefGroup::ALL.iter().filter(named).map(|(_, group)| *group).collect();
            let settings = CorefSettings { epochs: *epochs, ..CorefSettings::default() };
            let (model, report) = copydesk_train::coref(gold, settings, &groups)?;
            message::line(report);
            write(output, &model)
        }
        TrainCommand::Quote { gold, epochs, output } => {
            let settings = QuoteSettings { epochs: *epochs, ..QuoteSettings::default() };
            let (model, report) = copydesk_train::quote(gold, settings)?;
            message::line(report);
            write(output, &model)
        }
        TrainCommand::Sentiment { gold, finance, vectors, epochs, folds, output } => {
            let settings = SentimentSettings { epochs: *epochs, ..SentimentSettings::default() };
            let sources = SentimentSources {
                general: gold.clone(),
                finance: finance.clone(),
                vectors: vectors.clone(),
            };
            if let Some(folds) = folds {
                message::line(copydesk_train::sentiment_folds(&sources, settings, *folds)?);
            }
            let Some(output) = output else { return Ok(SUCCESS) };
            let (model, report) = copydesk_train::sentiment(&sources, settings)?;
            message::line(report);
            write(output, &model)
        }
        TrainCommand::Stance { gold, epochs, without, output } => {
            let named = |(name, _): &&(&str, StanceGroup)| without.iter().any(|wanted| wanted == name);
            let groups: Vec<StanceGroup> =
                StanceGroup::ALL.iter().filter(named).map(|(_, group)| *group).collect();
            let settings = StanceSettings { epochs: *epochs, ..StanceSettings::default() };
            let (model, report) = copydesk_train::stance(gold, settings, &groups)?;
            message::line(report);
            write(output, &model)
        }
        TrainCommand::Syntax { gold, epochs, output } => {
            let settings = SyntaxSettings { epochs: *epochs, ..SyntaxSettings::default() };
            let (model, words) = copydesk_train::syntax(gold, settings)?;
            message::line(format_args!("{words} tagged words"));
            write(output, &model)
        }
        TrainCommand::Classes { vectors, words, grains, common, output } => {
            let vectors = copydesk_train::read_vectors(vectors)?;
            let settings = ClassSettings { words: *words, grains: *grains, common: *common };
            write(output, &copydesk_train::classes(&vectors, settings))
        }
    }
}

fn write(path: &Path, model: &[u8]) -> Result<u8> {
    std::fs::write(path, model).with_context(|| format!("cannot write {}", path.display()))?;
    message::line(format_args!("{}: {} bytes", path.display(), model.len()));
    Ok(SUCCESS)
}
