#![allow(clippy::print_stdout, missing_docs, unused)]
use copydesk_eval::read_tagged;
use std::path::Path;
fn main() {
    let g = "/work/shared/gold/syntax/";
    let mut texts = read_tagged(Path::new(&format!("{g}gum.train.conllu"))).unwrap();
    texts.extend(read_tagged(Path::new(&format!("{g}masc.pos.txt"))).unwrap());
    let hold: Vec<_> = texts.iter().enumerate().filter(|(i, _)| i % 20 == 7).map(|x| x.1.clone()).collect();
    let full = std::env::args().nth(1).as_deref() == Some("full");
    let tr: Vec<_> =
        texts.iter().enumerate().filter(|(i, _)| full || i % 20 != 7).map(|x| x.1.clone()).collect();
    let t = std::time::Instant::now();
    let bytes = copydesk_syntax::train::train(&tr, Default::default()).unwrap();
    println!("{} bytes {:?}", bytes.len(), t.elapsed());
    std::fs::write("/tmp/syntax.bin", &bytes).unwrap();
    let tagger =
        copydesk_syntax::Tagger::new(copydesk_syntax::Model::open(Path::new("/tmp/syntax.bin")).unwrap());
    let dev = read_tagged(Path::new(&format!("{g}gum.dev.conllu"))).unwrap();
    for (name, set) in [("gum.dev", dev), ("hold", hold)] {
        let (mut right, mut all) = (0usize, 0usize);
        let mut conf: std::collections::HashMap<(String, String), usize> = Default::default();
        for text in &set {
            let Some((d, tags)) = copydesk_syntax::train::right_tags(text) else { continue };
            tagger.tag(&d.view(), |found| {
                for (f, r) in found.iter().zip(&tags) {
                    if let Some(r) = r {
                        all += 1;
                        if r == f {
                            right += 1
                        } else {
                            *conf.entry((r.to_string(), f.to_string())).or_default() += 1;
                            if f.as_str() == "''" && all % 7 == 0 {
                                let v = d.view();
                                let i = all;
                                let k = tags.iter().zip(found).position(|(a, b)| std::ptr::eq(b, f)).unwrap();
                                println!(
                                    "{:?}",
                                    v.slice(v.token_span(k.saturating_sub(3), (k + 3).min(tags.len())))
                                );
                            }
                        }
                    }
                }
            });
        }
        println!("{name} {:.2} of {all}", 100.0 * right as f64 / all as f64);
        let mut c: Vec<_> = conf.into_iter().collect();
        c.sort_by_key(|x| std::cmp::Reverse(x.1));
        println!("{:?}", &c[..12]);
    }
}
