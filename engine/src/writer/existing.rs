//! Checks whether an existing file may be replaced: it may if copydesk wrote it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::output::{OutputFormat, Packing};
use crate::tables::{TABLES, custom};

/// The mark of copydesk in the header of an SQLite file, its `application_id`: "cpdk".
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"cpdk");

/// The creator named in Parquet files.
pub(super) const CREATED_BY: &str = "copydesk";

/// The maximum length of a first line that is checked.
const LONGEST: u64 = 64 << 20;

/// Whether replacing a file loses nothing: it does not exist, is empty, is not a regular file, or was written by copydesk.
pub fn is_replaceable(path: &Path, format: OutputFormat) -> bool {
    let Ok(metadata) = path.metadata() else { return true };
    if !metadata.is_file() || metadata.len() == 0 {
        return true;
    }
    let Ok(mut file) = File::open(path) else { return false };
    let ours = match format {
        OutputFormat::Sqlite => is_sqlite(&mut file),
        OutputFormat::Parquet => is_parquet(&mut file),
        OutputFormat::Jsonl => first_line(file, path).map(|line| holds(&line, b"\"offset_unit\":\"")),
        OutputFormat::Csv => first_line(file, path).map(|line| is_header(&line)),
    };
    ours.unwrap_or(false)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

fn first_line(file: File, path: &Path) -> io::Result<Vec<u8>> {
    let unpacked: Box<dyn Read> = match Packing::of(path) {
        Packing::Plain => Box::new(file),
        Packing::Gzip => Box::new(MultiGzDecoder::new(file)),
        Packing::Zstd | Packing::ZstdFast => Box::new(zstd::stream::read::Decoder::new(file)?),
    };
    let mut line = Vec::new();
    BufReader::new(unpacked.take(LONGEST)).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// Whether a line begins like the header of a table, with its key.
fn is_header(line: &[u8]) -> bool {
    let custom = custom("layer");
    let mut tables = TABLES.iter().map(AsRef::as_ref).chain([&custom]);
    tables.any(|table| {
        let names: Vec<String> = table.all_columns().take(2).map(|column| column.name.to_string()).collect();
        line.starts_with(names.join(",").as_bytes())
    })
}

fn is_sqlite(file: &mut File) -> io::Result<bool> {
    let mut header = [0; 72];
    file.read_exact(&mut header)?;
    Ok(header.starts_with(b"SQLite format 3\0") && header[68..] == APPLICATION_ID.to_be_bytes())
}

fn is_parquet(file: &mut File) -> io::Result<bool> {
    const END: u64 = 8;
    let length = file.seek(SeekFrom::End(-(END as i64)))?;
    let mut end = [0; END as usize];
    file.read_exact(&mut end)?;
    let [a, b, c, d, magic @ ..] = end;
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    if magic != *b"PAR1" || footer > length {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(length - footer))?;
    let mut bytes = Vec::new();
    file.take(footer).read_to_end(&mut bytes)?;
    Ok(holds(&bytes, CREATED_BY.as_bytes()))
}
