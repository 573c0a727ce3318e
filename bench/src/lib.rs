//! News-like test corpora of any size, and the instruction budget of the stages.
//!
//! A [`Corpus`] is an endless sequence of generated articles: headline, dateline, people with roles who are later referred to by
//! surname and pronoun, quotes of all kinds, figures with measures and periods, words of praise and blame. The grammar and the
//! names are data files: `data/grammar.txt` and `data/names.txt`. The same seed gives the same bytes on every machine.
//!
//! ```
//! use copydesk_bench::Corpus;
//!
//! let articles: Vec<_> = Corpus::new(7).take(3).collect();
//! assert_eq!(articles[0], Corpus::new(7).next().unwrap());
//! assert_ne!(articles[0].text, articles[1].text);
//! ```

mod article;
pub mod budget;
pub mod callgrind;
mod cast;
mod grammar;
pub mod linear;
mod page;
mod random;
mod wire;

pub use article::{Article, Corpus};
pub use page::{Page, page};
pub use wire::{Spoken, Wire, WireArticle};
