//! Shows results as an HTML page that needs no network and no other file, or from a local server.
//!
//! [`read_lines`] and [`read_sqlite`] read results into [`Article`]s, and [`page`](fn@page) writes them as data, with the script and the
//! style of `assets/`, into one page. The page's policy (Content-Security-Policy) contains the hashes of that script and that style, so
//! that nothing else runs or loads. The script builds all views from text nodes; the content of an article is never parsed as HTML.
//! [`serve`](fn@serve) serves the same pages, and searches, from an SQLite file.

mod lines;
mod model;
mod page;
mod serve;
mod sqlite;

pub use lines::{Lines, article, is_line, read_lines};
pub use model::Article;
pub use page::{GENERATOR, Page, page};
pub use serve::{Analyse, ServeError, serve};
pub use sqlite::{SqliteError, read_sqlite};
