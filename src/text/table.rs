//! Tables as files that spreadsheets open (RFC 4180, UTF-8).

use crate::domain::message::{Cell, File, Msg, Table};

/// The table, its words made by `plain`.
pub(super) fn file(table: &Table, plain: &dyn Fn(&Msg) -> String) -> File {
    // Without the mark some spreadsheets take UTF-8 for something else and spoil every accent.
    let mut text = String::from('\u{FEFF}');
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| field(cell, plain)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    File { name: table.name.clone(), text }
}

fn field(cell: &Cell, plain: &dyn Fn(&Msg) -> String) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => safe_cell(text.clone()),
        Cell::Words(msg) => safe_cell(plain(msg)),
        Cell::Empty => String::new(),
    }
}

/// A text as a field of a row: nothing in it is run, nothing breaks the row.
pub fn safe_cell(text: String) -> String {
    quoted(harmless(text))
}

/// A text that a spreadsheet would run as a formula is marked as text.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

fn quoted(cell: String) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{event::Platform, message::Msg, time::Zone},
        text::{Reader, Seen, Texts},
    };

    fn check(row: Vec<Cell>, expected: &str) {
        let reader =
            Reader { language: "fr".into(), zone: Zone::PARIS, platform: Platform::Terminal, command_sign: '/', seen: Seen::ByAll };
        let table = Table { name: "releve.csv".into(), rows: vec![row] };
        let texts = Texts::embedded();
        let file = file(&table, &|msg| texts.plain(msg, &reader));
        assert_eq!((file.name.as_str(), file.text), ("releve.csv", format!("\u{FEFF}{expected}\r\n")));
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let text = |text: &str| Cell::Text(text.into());
        check(vec![Cell::Number(9), text("Sam"), Cell::Empty, text("")], "9,Sam,,");
        check(vec![text("a, b"), text("le \"grand\""), text("un\ndeux")], "\"a, b\",\"le \"\"grand\"\"\",\"un\ndeux\"");
        check(
            vec![Cell::Words(Msg::new("common-yes")), Cell::Words(Msg::new("credits-line-gift-to").with("name", "Sam"))],
            "Oui,don à Sam",
        );
    }

    #[test]
    fn no_field_is_run_by_a_spreadsheet() {
        check(vec![Cell::Text("=HYPERLINK(\"x\")".into()), Cell::Text("@a".into())], "\"'=HYPERLINK(\"\"x\"\")\",'@a");
        check(vec![Cell::Number(-3), Cell::Text("-3".into()), Cell::Text("+1".into())], "-3,'-3,'+1");
    }
}
