//! Wall time of the stages over generated articles: `cargo bench -p copydesk-bench`.
//!
//! Each row but the first includes segmentation and a pipeline, so the time of a stage is the difference to the row without it.
#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

use copydesk_bench::{Article, Corpus};
use copydesk_core::{Document, Source};
use copydesk_engine::{Analyzer, Plan, Registry, StageRequest};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Stages that are measured together, in order of their dependencies.
const PIPELINES: [&[&str]; 6] = [
    &["figure"],
    &["syntax"],
    &["entity"],
    &["syntax", "entity", "quote"],
    &["figure", "syntax", "entity", "quote", "sentiment"],
    &["figure", "syntax", "entity", "quote", "sentiment", "claim"],
];

fn plan(stages: &[&str]) -> Plan {
    let registry = Registry::built_in();
    let named = |name: &str| registry.named(name).expect("a built-in stage");
    let requests = stages.iter().map(|name| StageRequest::new(named(name), String::new()));
    Plan::new(requests.collect(), registry.linked()).expect("a pipeline in order")
}

fn source(article: &Article) -> Source<'_> {
    Source {
        id: &article.id,
        text: &article.text,
        title: Some(&article.title),
        date: Some(&article.date),
        ..Source::default()
    }
}

fn stages(criterion: &mut Criterion) {
    let articles: Vec<Article> = Corpus::new(1).take(200).collect();
    let bytes = articles.iter().map(|article| article.text.len() as u64).sum();
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes)).sample_size(10);
    let mut document = Document::default();
    group.bench_function("segment", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                document.load(source(article)).expect("an article fits");
            }
        });
    });
    for stages in PIPELINES {
        let plan = plan(stages);
        let mut analyzer = Analyzer::new(&plan);
        group.bench_function(stages.join("+"), |bencher| {
            bencher.iter(|| {
                for article in &articles {
                    analyzer.analyze(source(article)).expect("an article is analysed");
                }
            });
        });
    }
}

criterion_group!(wall, stages);
criterion_main!(wall);
