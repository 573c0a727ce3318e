//! Pages for people: results as one HTML file that needs no network and no other file, or from a local server.
//!
//! [`read_lines`] and [`read_sqlite`] read results into [`Article`]s, and [`page`](fn@page) writes them as data, with the script and the style of
//! `assets/`, into one page. The page's policy (Content-Security-Policy) names the hashes of that script and that style, so nothing
//! else runs or loads. The script builds what is seen from text nodes; nothing that an article says is ever read as HTML. [`serve`](fn@serve)
//! answers with the same pages, and with searches, from an SQLite file.

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
