//! A local server for corpora that are too large for one page: search, facets, the same pages, exports.
//!
//! It reads one SQLite file and changes nothing: the file is opened read-only, every value of a request is a parameter of a
//! query, and pasted articles are kept in memory. It answers only requests whose `Host` header has the address that it listens on
//! (so that a foreign page cannot reach it through a domain of its own), and its pages run only their own script.

mod database;
mod filter;
mod page;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::model::Article;
use crate::sqlite::{SqliteError, articles};
use crate::{Page, page as report_page};
use database::Database;
use filter::Filter;

/// A function that analyses the text of a pasted article.
pub type Analyse = Box<dyn Fn(&str) -> Result<Article, String> + Send + Sync>;

/// The reason why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] SqliteError),
    /// The address cannot be used.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The server failed.
    #[error("the server failed: {0}")]
    Ended(std::io::Error),
}

/// The number of pasted articles that are kept.
const PASTED: usize = 20;
/// The maximum length of a pasted article, in bytes.
const MAX_ARTICLE_LENGTH: usize = 4 << 20;
/// The maximum number of articles in a page of search results.
const PAGE: usize = 500;
/// The number of search results that are shown at once.
const HITS: usize = 20;
/// The time limit of a request.
const TIMEOUT: Duration = Duration::from_secs(20);

struct Server {
    database: Database,
    name: String,
    analyse: Option<Analyse>,
    pasted: Mutex<VecDeque<(u64, Article)>>,
    /// The permitted values of the header `Host`; if empty, any.
    hosts: Vec<String>,
}

/// Serves a file until Ctrl-C. `ready` is called with the address once requests are answered.
///
/// # Errors
/// If the file was not written by copydesk, or the address is not free.
pub fn serve(
    file: &Path,
    address: SocketAddr,
    analyse: Option<Analyse>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let database = Database::open(file)?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::Ended)?;
    runtime.block_on(async {
        let failed = |error| ServeError::Listen(address, error);
        let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let server = Server { database, name, analyse, pasted: Mutex::default(), hosts: hosts(bound) };
        ready(bound);
        let stop = async {
            // If signals cannot be handled, they end the process.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(Arc::new(server)))
            .with_graceful_shutdown(stop)
            .await
            .map_err(ServeError::Ended)
    })
}

/// The permitted values of the header `Host`; empty, which permits any, if the server listens on all addresses.
fn hosts(bound: SocketAddr) -> Vec<String> {
    let port = bound.port();
    if bound.ip().is_unspecified() {
        return Vec::new();
    }
    let mut hosts = vec![bound.to_string()];
    if bound.ip().is_loopback() {
        hosts.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]);
    }
    if port == 80 {
        hosts.extend(hosts.clone().iter().filter_map(|host| host.strip_suffix(":80").map(str::to_owned)));
    }
    hosts
}

fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/search", get(search))
        .route("/export", get(export))
        .route("/read", get(read))
        .route("/report", get(report))
        .route("/pasted", get(pasted))
        .route("/analyse", post(analyse))
        .fallback(|| async { failure(StatusCode::NOT_FOUND, "no such page") })
        .layer(DefaultBodyLimit::max(MAX_ARTICLE_LENGTH))
        .layer(middleware::from_fn_with_state(Arc::clone(&server), guarded))
        .with_state(server)
}

/// Rejects requests with a foreign `Host`, and adds security headers to every response (no type sniffing, frames or referrers).
async fn guarded(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let allowed = is_allowed(&server, request.headers());
    let mut response = match allowed {
        true => match tokio::time::timeout(TIMEOUT, next.run(request)).await {
            Ok(response) => response,
            Err(_) => {
                failure(StatusCode::SERVICE_UNAVAILABLE, "this took too long: make the search more specific")
            }
        },
        false => failure(
            StatusCode::MISDIRECTED_REQUEST,
            "this server does not answer requests for that host name",
        ),
    };
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a request is for this server and does not come from another site's page.
fn is_allowed(server: &Server, headers: &HeaderMap) -> bool {
    let named = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = named(header::HOST).unwrap_or_default().to_ascii_lowercase();
    let known = server.hosts.is_empty() || server.hosts.contains(&host);
    known && named(header::ORIGIN).is_none_or(|origin| origin == format!("http://{host}"))
}

fn failure(status: StatusCode, message: impl std::fmt::Display) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        json!({ "error": message.to_string() }).to_string(),
    )
        .into_response()
}

fn html(page: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Runs blocking work on a separate thread, so that other requests do not wait.
async fn blocking<T: Send + 'static>(
    server: Arc<Server>,
    work: impl FnOnce(&Server) -> Result<T, SqliteError> + Send + 'static,
) -> Result<T, Box<Response>> {
    let failed = |error: &dyn std::fmt::Display| Box::new(failure(StatusCode::INTERNAL_SERVER_ERROR, error));
    match tokio::task::spawn_blocking(move || work(&server)).await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(failed(&error)),
        Err(error) => Err(failed(&error)),
    }
}

type Parameters = Query<HashMap<String, String>>;

fn filter(server: &Server, query: &Parameters) -> Result<Filter, Box<Response>> {
    Filter::read(query, &server.database.tables)
        .map_err(|error| Box::new(failure(StatusCode::BAD_REQUEST, error)))
}

async fn start(State(server): State<Arc<Server>>) -> Response {
    html(page::search(&server.name, server.analyse.is_some()))
}

async fn search(State(server): State<Arc<Server>>, query: Parameters) -> Response {
    let filter = match filter(&server, &query) {
        Ok(filter) => filter,
        Err(response) => return *response,
    };
    let offset = query.get("offset").and_then(|offset| offset.parse().ok()).unwrap_or(0).min(2000);
    match blocking(server, move |server| server.database.search(&filter, offset, HITS)).await {
        Ok(found) => ([(header::CONTENT_TYPE, "application/json")], found.to_string()).into_response(),
        Err(response) => *response,
    }
}

async fn export(State(server): State<Arc<Server>>, query: Parameters) -> Response {
    let filter = match filter(&server, &query) {
        Ok(filter) => filter,
        Err(response) => return *response,
    };
    let csv = match query.get("format").map(String::as_str) {
        None | Some("csv") => true,
        Some("json") => false,
        Some(_) => return failure(StatusCode::BAD_REQUEST, "`format` must be csv or json"),
    };
    let table = filter.kind.table();
    let (names, rows) = match blocking(server, move |server| server.database.export(&filter)).await {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let (kind, extension, body) = if csv {
        ("text/csv; charset=utf-8", "csv", page::csv(&names, &rows))
    } else {
        ("application/json", "json", Value::Array(rows).to_string())
    };
    let name = format!("attachment; filename=\"{table}.{extension}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response()
}

/// The page of some articles, or an error if there are none.
fn shown(title: Option<&str>, total: u64, articles: &[Article]) -> Response {
    let title =
        title.or_else(|| articles.first().and_then(|article| article.title.as_deref().or(Some(&article.id))));
    if articles.is_empty() {
        return failure(StatusCode::NOT_FOUND, "no such article");
    }
    match report_page(&Page { title: title.unwrap_or_default(), total, articles }) {
        Ok(page) => html(page),
        Err(error) => failure(StatusCode::INTERNAL_SERVER_ERROR, error),
    }
}

async fn read(State(server): State<Arc<Server>>, query: Parameters) -> Response {
    let docs = query.get("doc").cloned().into_iter().collect::<Vec<_>>();
    let found =
        blocking(server, move |server| server.database.with(|connection| articles(connection, &docs))).await;
    found.map_or_else(|response| *response, |articles| shown(None, 1, &articles))
}

async fn report(State(server): State<Arc<Server>>, query: Parameters) -> Response {
    let filter = match filter(&server, &query) {
        Ok(filter) => filter,
        Err(response) => return *response,
    };
    let title = query.get("q").filter(|q| !q.is_empty()).cloned().unwrap_or_else(|| server.name.clone());
    let found = blocking(server, move |server| {
        let docs = server.database.documents(&filter, PAGE + 1)?;
        let first = docs.get(..PAGE).unwrap_or(&docs);
        Ok((docs.len() as u64, server.database.with(|connection| articles(connection, first))?))
    });
    match found.await {
        Ok((total, articles)) => shown(Some(&title), total, &articles),
        Err(response) => *response,
    }
}

async fn analyse(State(server): State<Arc<Server>>, headers: HeaderMap, body: Bytes) -> Response {
    if server.analyse.is_none() {
        return failure(StatusCode::NOT_FOUND, "this server does not analyse articles (--no-analysis)");
    }
    let plain = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let Ok(text) = String::from_utf8(body.to_vec()) else {
        return failure(StatusCode::BAD_REQUEST, "the text is not UTF-8");
    };
    // A form of another site cannot send this type without a preflight request.
    if !plain.is_some_and(|kind| kind.starts_with("text/plain"))
        || !headers.contains_key(header::ORIGIN)
        || text.trim().is_empty()
    {
        return failure(StatusCode::BAD_REQUEST, "send the text as text/plain, from the search page");
    }
    let done = blocking(server, move |server| {
        let Some(analyse) = &server.analyse else {
            return Ok(Err("this server does not analyse articles (--no-analysis)".to_owned()));
        };
        Ok(analyse(&text).map(|article| {
            let mut pasted = server.pasted.lock().unwrap_or_else(PoisonError::into_inner);
            let number = pasted.back().map_or(1, |(number, _)| number + 1);
            pasted.push_back((number, article));
            if pasted.len() > PASTED {
                pasted.pop_front();
            }
            number
        }))
    });
    match done.await {
        Ok(Ok(number)) => json_ok(&json!({ "page": format!("pasted?number={number}") })),
        Ok(Err(error)) => failure(StatusCode::UNPROCESSABLE_ENTITY, error),
        Err(response) => *response,
    }
}

fn json_ok(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn pasted(State(server): State<Arc<Server>>, query: Parameters) -> Response {
    let wanted = query.get("number").and_then(|number| number.parse::<u64>().ok());
    let held = server.pasted.lock().unwrap_or_else(PoisonError::into_inner);
    match held.iter().find(|(number, _)| Some(*number) == wanted) {
        Some((_, article)) => shown(None, 1, std::slice::from_ref(article)),
        None => failure(StatusCode::NOT_FOUND, "that article is no longer available: paste it again"),
    }
}
