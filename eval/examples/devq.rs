#![allow(clippy::print_stdout, missing_docs, unused)]
use std::path::Path;
fn main() {
    let g = "/work/shared/gold/quote/";
    let tagger = copydesk_syntax::Tagger::new(copydesk_syntax::Model::built_in().unwrap());
    let gold = copydesk_eval::read_gold(Path::new(&format!("{g}polnear.train.jsonl"))).unwrap();
    let t = std::time::Instant::now();
    let documents = copydesk_eval::attributed(&gold, &tagger);
    let bytes = copydesk_quote::train::train(&documents, Default::default()).unwrap();
    println!("{} bytes {:?}", bytes.len(), t.elapsed());
    std::fs::write("/tmp/quote.bin", &bytes).unwrap();
}
