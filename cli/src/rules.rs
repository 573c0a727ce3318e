//! `copydesk rules`

use std::fmt::Write as _;
use std::io::Write;

use anyhow::{Result, bail};
use copydesk_core::{Effect, RuleInfo, StageInfo};
use serde_json::json;

use crate::SUCCESS;
use crate::args::RulesArguments;
use crate::stages::named;

/// Prints rules.
pub(crate) fn rules(arguments: &RulesArguments) -> Result<u8> {
    let (stage, code) = match arguments.stage.as_deref().map(|name| (name, name.split_once('/'))) {
        // The path of a library may contain slashes too.
        Some((_, Some((stage, code)))) if !stage.is_empty() && !code.contains(['/', '.']) => {
            (Some(stage), Some(code))
        }
        Some((name, _)) => (Some(name), None),
        None => (None, None),
    };
    let factories = named(stage)?;
    let wanted = |rule: &&RuleInfo| code.is_none_or(|code| code == rule.code);
    let stages: Vec<(&StageInfo, Vec<&RuleInfo>)> = factories
        .iter()
        .map(|factory| (factory.info(), factory.info().rules.iter().filter(wanted).collect()))
        .collect();
    if let (Some(stage), Some(code)) = (stage, code)
        && stages.iter().all(|(_, rules)| rules.is_empty())
    {
        bail!("{stage} has no rule `{code}`; `copydesk rules {stage}` lists them");
    }
    let text = if arguments.json {
        let all = stages.iter().flat_map(|(stage, rules)| {
            rules.iter().map(|rule| json!({"stage": stage.name, "code": rule.code, "effect": rule.effect,
                "what": rule.what, "why": rule.why, "example": rule.example, "counterexample": rule.counterexample}))
        });
        serde_json::to_string_pretty(&all.collect::<Vec<_>>())? + "\n"
    } else if arguments.markdown {
        markdown(&stages)
    } else {
        plain(&stages)
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(SUCCESS)
}

const fn effect(rule: &RuleInfo) -> &'static str {
    match rule.effect {
        Effect::Finds => "finds",
        Effect::HoldsBack => "holds back",
    }
}

fn plain(stages: &[(&StageInfo, Vec<&RuleInfo>)]) -> String {
    let mut out = String::new();
    for (stage, rules) in stages {
        for rule in rules {
            let _ = writeln!(out, "{}/{} ({})", stage.name, rule.code, effect(rule));
            let _ = writeln!(out, "  {}\n  {}", rule.what, rule.why);
            for (label, text) in [("yes", &rule.example), ("no ", &rule.counterexample)] {
                let _ = writeln!(out, "  {label}  {}", text.replace('\n', "\n       "));
            }
            out.push('\n');
        }
    }
    out
}

fn markdown(stages: &[(&StageInfo, Vec<&RuleInfo>)]) -> String {
    let mut out = String::from(
        "# Rules\n\nEvery annotation names the rule that made it, in its field `rule`. `copydesk explain` shows which rule made each \
         annotation of an article, and which annotations were held back. In the examples, square brackets mark the words that a rule \
         applies to. This page is generated: `copydesk rules --markdown`.\n",
    );
    for (stage, rules) in stages.iter().filter(|(_, rules)| !rules.is_empty()) {
        let _ = writeln!(out, "\n## {}\n\n{}", stage.name, stage.summary);
        for rule in rules {
            let _ = writeln!(
                out,
                "\n### {}/{}\n\n*{}.* {} {}\n",
                stage.name,
                rule.code,
                effect(rule),
                rule.what,
                rule.why
            );
            for (label, text) in [("Yes", &rule.example), ("No", &rule.counterexample)] {
                let _ = writeln!(out, "- {label}: {}", text.replace('\n', " ").replace("  ", " "));
            }
        }
    }
    out
}
