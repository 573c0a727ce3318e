//! Rebuilds the tables of a continued run, from the lines that it had written.
//!
//! The rows are rebuilt batch by batch, so that the tables have the same bytes as without the interruption.

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use super::journal::{self, Point};
use super::outputs::Outputs;
use super::{JournalOptions, RunError};
use crate::export::LineReader;
use crate::merge::read_range;
use crate::output::partial_of;
use crate::tables::{RowBuilder, Rows};

/// The number of batches processed together.
const TOGETHER: usize = 64;

/// Fills the tables of `outputs` up to the point where the run is continued.
pub(super) fn tables(outputs: &mut Outputs, journal: Option<&JournalOptions>) -> Result<(), RunError> {
    let spool = outputs.lines.iter().position(|output| output.is_spool);
    let (Some(spool), Some(tables)) = (spool, &mut outputs.tables) else { return Ok(()) };
    let Some((journal, from)) = journal.and_then(|journal| Some((journal, journal.from.as_ref()?))) else {
        return Ok(());
    };
    let path = partial_of(outputs.lines[spool].sink.path());
    let failed = |path: &Path, reason: String| RunError::Replay { path: path.to_owned(), reason };
    let points = match journal::read(&journal.path) {
        Ok(read) => read.map(|read| read.points).unwrap_or_default(),
        Err(error) => return Err(failed(&journal.path, error.to_string())),
    };
    let points: Vec<Point> = points.into_iter().take_while(|point| point.batches <= from.batches).collect();
    let ends = points.iter().map(|point| point.outputs.get(spool).copied().unwrap_or(0));
    let ends: Vec<u64> = [0].into_iter().chain(ends).collect();
    let builder = RowBuilder::new(tables.wanted.clone(), tables.known.clone());
    let mut file = File::open(&path).map_err(|error| failed(&path, error.to_string()))?;
    for ends in ends.windows(2).collect::<Vec<_>>().chunks(TOGETHER) {
        let batches = ends.iter().map(|ends| read_range(&mut file, ends[0], ends[1]));
        let batches =
            batches.collect::<Result<Vec<_>, _>>().map_err(|error| failed(&path, error.to_string()))?;
        let rows: Result<Vec<Rows>, String> = batches
            .par_iter()
            .map_init(|| LineReader::new(builder.clone()), |reader, packed| rows(reader, packed))
            .collect();
        for rows in rows.map_err(|reason| failed(&path, reason))? {
            tables.outputs.write(rows)?;
        }
    }
    Ok(())
}

/// The rows of a batch of compressed lines.
fn rows(reader: &mut LineReader, packed: &[u8]) -> Result<Rows, String> {
    let lines = zstd::decode_all(packed).map_err(|error| error.to_string())?;
    match reader.rows(&lines) {
        (rows, failures) if failures.is_empty() => Ok(rows),
        (_, failures) => Err(failures[0].1.to_string()),
    }
}
