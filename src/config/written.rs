//! Gathers what was written, in the file and in the environment, before anything is understood of it.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    faults::Faults,
    keys::{self, Key},
};

/// No secret is longer.
const SECRET_BYTES_MAX: u64 = 4096;
/// No configuration is longer.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A value as it was written.
pub(super) struct Value {
    /// The text; wiped when dropped, since it may be a secret.
    pub(super) text: Zeroizing<String>,
    /// Where it was written.
    pub(super) place: String,
}

/// Values by the key's full name, each once.
pub(super) type Values = BTreeMap<String, Value>;

/// What was written.
#[derive(Default)]
pub(super) struct Written {
    /// The values of known keys; secrets in files are read.
    pub(super) values: Values,
    /// What of the environment says where a person's data is kept: `HOME`, `XDG_DATA_HOME`.
    pub(super) folders: BTreeMap<&'static str, PathBuf>,
    /// What was wrong.
    pub(super) faults: Faults,
}

/// Reads the file, then the environment, which counts more.
pub(super) fn gather(file: Option<&Path>, variables: impl IntoIterator<Item = (OsString, OsString)>) -> Written {
    let mut written = Written::default();
    let mut in_file = Values::new();
    if let Some(path) = file {
        read_file(path, &mut in_file, &mut written.faults);
    }
    let mut in_environment = Values::new();
    for (name, value) in variables {
        read_variable(&name, value, &mut in_environment, &mut written);
    }
    for key in keys::KEYS {
        let value = choose(key, &mut in_environment, &mut in_file, &mut written.faults);
        written.values.extend(value.map(|value| (key.name.to_owned(), value)));
    }
    written
}

/// The value of a key: the environment before the file; a secret may stand there itself or in a file of its own.
fn choose(key: &Key, in_environment: &mut Values, in_file: &mut Values, faults: &mut Faults) -> Option<Value> {
    let file_key = format!("{}_file", key.name);
    for values in [in_environment, in_file] {
        let value = values.remove(key.name);
        let elsewhere = if key.secret { values.remove(&file_key) } else { None };
        match (value, elsewhere) {
            (Some(value), Some(_)) => {
                faults.add(key.name, value.place, format!("{file_key} is given too: keep one of the two"));
                return None;
            }
            (Some(value), None) => return Some(value),
            (None, Some(path)) => return read_secret(key, &file_key, path, faults),
            (None, None) => {}
        }
    }
    None
}

fn read_secret(key: &Key, file_key: &str, path: Value, faults: &mut Faults) -> Option<Value> {
    match read_text(Path::new(path.text.as_str()), SECRET_BYTES_MAX) {
        Err(why) => {
            faults.add(
                file_key,
                path.place,
                format!("cannot read {:?} ({why}); the file holds {} and nothing else", path.text.as_str(), key.write),
            );
            None
        }
        Ok(text) => Some(Value { text: Zeroizing::new(text.trim().to_owned()), place: format!("in {}", path.text.as_str()) }),
    }
}

fn read_text(path: &Path, bytes_max: u64) -> Result<Zeroizing<String>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut text = Zeroizing::new(String::new());
    file.take(bytes_max + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if text.len() as u64 > bytes_max { Err("it is too long".to_owned()) } else { Ok(text) }
}

fn read_file(path: &Path, values: &mut Values, faults: &mut Faults) {
    let place = format!("in {}", path.display());
    let text = match read_text(path, FILE_BYTES_MAX) {
        Ok(text) => text,
        Err(why) => {
            return faults.add(
                "--config",
                path.display().to_string(),
                format!("cannot be read: {why}; write the path of a configuration file"),
            );
        }
    };
    let table: toml::Table = match toml::from_str(&text) {
        Ok(table) => table,
        // The error's own display quotes the line, which may hold a secret.
        Err(error) => {
            let line = error
                .span()
                .map_or(1, |span| text.as_bytes()[..span.start.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1);
            let why = error.message().lines().next().unwrap_or_default();
            return faults.add(
                "--config",
                path.display().to_string(),
                format!("line {line} is not TOML ({why}); write lines such as key = \"value\""),
            );
        }
    };
    for (name, value) in table {
        match value {
            toml::Value::Table(section) if keys::KEYS.iter().any(|key| key.name.starts_with(&format!("{name}."))) => {
                for (key, value) in section {
                    keep(format!("{name}.{key}"), value, &place, values, faults);
                }
            }
            toml::Value::Table(section) if !section.is_empty() => {
                section.keys().for_each(|key| unknown(&format!("{name}.{key}"), &place, faults));
            }
            value => keep(name, value, &place, values, faults),
        }
    }
}

fn unknown(name: &str, place: &str, faults: &mut Faults) {
    let meant = keys::meant(name).map_or_else(|| "remove it".to_owned(), |meant| format!("did you mean {meant}?"));
    faults.add(name, place, format!("there is no such key; {meant}"));
}

fn keep(name: String, value: toml::Value, place: &str, values: &mut Values, faults: &mut Faults) {
    let Some(key) = keys::key(&name).or_else(|| keys::secret_of_file(&name)) else { return unknown(&name, place, faults) };
    let text = match value {
        toml::Value::String(text) => text,
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
            return faults.add(&name, place, format!("a single value is wanted; write {}", what_to_write(&name, key)));
        }
    };
    keep_text(name, key, text, place.to_owned(), values, faults);
}

fn keep_text(name: String, key: &Key, text: String, place: String, values: &mut Values, faults: &mut Faults) {
    if text.trim().is_empty() {
        let write = what_to_write(&name, key);
        faults.add(name, place, format!("it is empty; write {write}, or remove it"));
    } else {
        values.insert(name, Value { text: Zeroizing::new(text.trim().to_owned()), place });
    }
}

fn what_to_write(name: &str, key: &Key) -> String {
    if name == key.name { key.write.to_owned() } else { format!("the path of a file that holds {}", key.write) }
}

fn read_variable(name: &OsString, value: OsString, values: &mut Values, written: &mut Written) {
    let Some(name) = name.to_str() else { return };
    for folder in ["HOME", "XDG_DATA_HOME"] {
        if name == folder {
            written.folders.insert(folder, value.clone().into());
        }
    }
    let Some(rest) = name.strip_prefix(keys::VARIABLES_BEGIN) else { return };
    let place = format!("environment variable {name}");
    let full = rest.to_lowercase().replace("__", ".");
    let known = keys::key(&full).or_else(|| keys::secret_of_file(&full)).filter(|_| name == keys::variable(&full));
    let Some(key) = known else {
        let meant = keys::meant_variable(name).map_or_else(|| "remove it".to_owned(), |meant| format!("did you mean {meant}?"));
        return written.faults.add(full, place, format!("there is no such key; {meant}"));
    };
    match value.into_string() {
        Ok(text) => keep_text(full, key, text, place, values, &mut written.faults),
        Err(_) => written.faults.add(full.clone(), place, format!("it is not UTF-8; write {}", what_to_write(&full, key))),
    }
}
