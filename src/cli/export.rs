//! `entraide export`: the ledger as JSON lines or as tables, beside a running instance or without one; nothing is written over.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{BufWriter, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};

use super::instance::{Answer, Format};
use crate::store::{
    export::{Field, Sink, TABLES, Table, export},
    sql::Reader,
};

/// Exports the ledger into `out`, which does not exist yet.
pub(super) async fn write(database: &Path, out: &Path, format: Format) -> anyhow::Result<Answer> {
    ensure!(out.is_absolute(), "the path of an export is absolute");
    ensure!(!out.exists(), "{} is there already; write the name of a new file or folder", out.display());
    let mut name = out.as_os_str().to_owned();
    name.push(".unfinished");
    let unfinished = PathBuf::from(name);
    ensure!(!unfinished.exists(), "{} is left of an export that was cut short; remove it, then export again", unfinished.display());
    let mut reader = Reader::open(database).await.with_context(|| format!("cannot read {}", database.display()))?;
    let records = match format {
        Format::Jsonl => {
            let mut lines = Lines { file: create(&unfinished)?, records: 0 };
            export(&mut reader, &mut lines).await?;
            finish(lines.file)?;
            lines.records
        }
        Format::Csv => {
            DirBuilder::new().mode(0o700).create(&unfinished).with_context(|| format!("cannot make {}", unfinished.display()))?;
            let mut tables = Tables::create(&unfinished)?;
            export(&mut reader, &mut tables).await?;
            for (_, file) in tables.files {
                finish(file)?;
            }
            tables.records
        }
    };
    std::fs::rename(&unfinished, out)?;
    let lines = vec![
        format!("{records} records exported to {}", out.display()),
        "no names are in it; its ids stand for people all the same, so keep it as you keep the database".to_owned(),
    ];
    Ok(Answer { ok: true, lines })
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    Ok(BufWriter::new(file.with_context(|| format!("cannot write {}", path.display()))?))
}

fn finish(file: BufWriter<File>) -> anyhow::Result<()> {
    Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?)
}

/// JSON lines: what kind of record, then its fields in order.
struct Lines {
    file: BufWriter<File>,
    records: u64,
}

impl Sink for Lines {
    fn record(&mut self, table: &'static Table, fields: Vec<Field>) -> std::io::Result<()> {
        write!(self.file, "{{\"record\":\"{}\"", table.name)?;
        for (column, field) in table.columns.iter().zip(fields) {
            let value = match field {
                Field::Text(text) => serde_json::Value::from(text),
                Field::Number(number) => serde_json::Value::from(number),
                Field::Empty => serde_json::Value::Null,
            };
            write!(self.file, ",\"{column}\":{value}")?;
        }
        self.records += 1;
        self.file.write_all(b"}\n")
    }
}

/// A file for each kind of record, its first row naming the columns.
struct Tables {
    files: Vec<(&'static str, BufWriter<File>)>,
    records: u64,
}

impl Tables {
    fn create(folder: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        for table in TABLES {
            let path: PathBuf = folder.join(format!("{}.csv", table.name));
            let mut file = create(&path)?;
            write!(file, "{}\r\n", table.columns.join(","))?;
            files.push((table.name, file));
        }
        Ok(Self { files, records: 0 })
    }
}

impl Sink for Tables {
    fn record(&mut self, table: &'static Table, fields: Vec<Field>) -> std::io::Result<()> {
        let Some((_, file)) = self.files.iter_mut().find(|(name, _)| *name == table.name) else { return Ok(()) };
        let cells: Vec<String> = fields.into_iter().map(cell).collect();
        self.records += 1;
        write!(file, "{}\r\n", cells.join(","))
    }
}

/// Only the names of funds are anybody's words: none is run as a formula, none breaks its row.
fn cell(field: Field) -> String {
    match field {
        Field::Number(number) => number.to_string(),
        Field::Empty => String::new(),
        Field::Text(text) => crate::text::safe_cell(text),
    }
}
