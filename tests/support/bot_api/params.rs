//! The parameters of a request: JSON, a URL query, a form, or multipart with files; strings may hold numbers and JSON.

use serde_json::{Map, Value};

use super::{errors::Refused, state::File};

/// What a request carries.
#[derive(Debug, Default)]
pub(super) struct Params {
    pub(super) values: Map<String, Value>,
    files: Vec<(String, File)>,
}

impl Params {
    /// Reads the query and the body.
    pub(super) fn read(query: Option<&str>, content_type: &str, body: &[u8]) -> Result<Self, Refused> {
        let mut params = Self::default();
        params.add_form(query.unwrap_or_default());
        if content_type.starts_with("application/json") {
            if !body.is_empty() {
                let value: Value = serde_json::from_slice(body).map_err(|_| Refused::bad("can't parse request: invalid JSON"))?;
                params.values.extend(value.as_object().cloned().unwrap_or_default());
            }
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            params.add_form(&String::from_utf8_lossy(body));
        } else if let Some(boundary) = content_type.strip_prefix("multipart/form-data").and_then(boundary) {
            params.add_multipart(&boundary, body);
        }
        params.values.retain(|_, value| !value.is_null());
        Ok(params)
    }

    fn add_form(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.values.insert(unescape(name), Value::String(unescape(value)));
        }
    }

    fn add_multipart(&mut self, boundary: &str, body: &[u8]) {
        let mark = format!("--{boundary}");
        for part in split(body, mark.as_bytes()).into_iter().skip(1) {
            let Some(at) = find(part, b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&part[..at]).into_owned();
            let content = part[at + 4..].strip_suffix(b"\r\n").unwrap_or(&part[at + 4..]);
            let Some(name) = attribute(&head, "name") else { continue };
            match attribute(&head, "filename") {
                Some(file) => self.files.push((name, File { name: file, bytes: content.to_vec() })),
                None => {
                    self.values.insert(name, Value::String(String::from_utf8_lossy(content).into_owned()));
                }
            }
        }
    }

    /// A string, where it is there and not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A number, also one written as a string.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        }
    }

    /// A boolean, also one written as a string.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.to_lowercase().as_str(), "true" | "1" | "yes"),
            _ => false,
        }
    }

    /// An object or a list, also one written as a string.
    pub(super) fn object(&self, name: &str) -> Result<Option<Value>, Refused> {
        match self.values.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refused::bad(&format!("can't parse {}: JSON object expected", name.replace('_', " ")))),
            Some(other) => Ok(Some(other.clone())),
        }
    }

    /// The file of the field `name`, uploaded under that name or under the one that `attach://` names.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        let attached = self.text(name).and_then(|text| text.strip_prefix("attach://")).unwrap_or(name);
        self.files.iter().find(|(field, _)| field == attached).map(|(_, file)| file)
    }
}

fn boundary(rest: &str) -> Option<String> {
    rest.split(';').find_map(|piece| piece.trim().strip_prefix("boundary=")).map(|b| b.trim_matches('"').to_owned())
}

/// The value of `name="…"` in the head of a part.
fn attribute(head: &str, name: &str) -> Option<String> {
    let disposition = head.lines().find(|line| line.to_lowercase().starts_with("content-disposition"))?;
    disposition.split(';').find_map(|piece| {
        let (key, value) = piece.trim().split_once('=')?;
        (key == name).then(|| value.trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn split<'a>(mut body: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = find(body, mark) {
        parts.push(&body[..at]);
        body = &body[at + mark.len()..];
    }
    parts
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
