//! The `copydesk` command: arguments, progress, messages, exit codes. The work is done by the engine.

mod args;
mod check;
mod corpus;
mod eval;
mod explain;
mod export;
mod man;
mod merge;
mod message;
mod options;
mod plugin;
mod printed;
mod progress;
mod report;
mod results;
mod rules;
mod run;
mod schema;
mod serve;
mod show;
mod signals;
mod stages;
mod template;
mod train;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command, LogFormat};

/// Results are allocated on one thread and freed on another, which is slow with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// All documents have results.
const SUCCESS: u8 = 0;
/// The run finished, but some documents have no result; `errors.jsonl` lists them.
const SOME_FAILED: u8 = 1;
/// Nothing was run: the arguments, the pipeline or its paths are invalid.
const NOTHING_RUN: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    copydesk_engine::isolate::is_host();
    if arguments.log_format == LogFormat::Json {
        message::write_json();
    }
    if arguments.no_plugins {
        copydesk_engine::plugin::forbid();
    }
    let result = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Stages(arguments) => stages::stages(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Corpus(arguments) => corpus::corpus(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Plugin(arguments) => plugin::plugin(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Show(arguments) => show::show(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Rules(arguments) => rules::rules(&arguments),
        Command::Eval(arguments) => eval::eval(&arguments),
        Command::Train(arguments) => train::train(&arguments),
        Command::StageProcess { parent } => {
            copydesk_engine::isolate::serve(&copydesk_engine::Registry::built_in(), parent)
                .map(|()| SUCCESS)
                .map_err(Into::into)
        }
        Command::StageProgram { parent, terms, command } => {
            Err(copydesk_engine::isolate::become_program(parent, &terms, &command).into())
        }
        Command::Man { folder } => man::man(&folder),
        Command::Completions { shell } => {
            args::completions(shell);
            Ok(SUCCESS)
        }
    };
    ExitCode::from(result.unwrap_or_else(|error| {
        // The reader of the output closed the pipe early, as `head` does: not an error.
        if message::is_broken_pipe(&error) {
            return SUCCESS;
        }
        message::error(&error);
        NOTHING_RUN
    }))
}
