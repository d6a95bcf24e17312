//! The markup of the catalogues: `**bold**`, `` `code` ``, `[label](address)`; what values bring along is never read as markup.

use super::rich::{RichText, Span, Style};
use crate::domain::words::is_hidden;

/// Stands before a character that is to be read as it is. These three are noncharacters: no text has them, and values lose them.
const LITERAL: char = '\u{FDD0}';
/// Stands before an inserted address.
const LINK_OPENS: char = '\u{FDD1}';
/// Stands after an inserted address.
const LINK_ENDS: char = '\u{FDD2}';

/// Writes what a person typed, so that it shows as it is: without hidden characters, and never read as markup.
pub fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            c if c.is_whitespace() && c.is_control() => out.push(' '),
            c if is_hidden(c) || ('\u{FDD0}'..='\u{FDEF}').contains(&c) => {}
            '*' | '`' | '[' | ']' | '(' | ')' => out.extend([LITERAL, c]),
            c => out.push(c),
        }
    }
}

/// [`escape_into`] a text of its own.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// An address that can be opened: shows itself, or the label of the link that it is put into.
/// What is no web, mail or telephone address stays ordinary text.
pub fn link(address: &str) -> String {
    let shown = escape(address.trim());
    let opens = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| {
        let start = address.trim().get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if opens && !shown.contains(char::is_whitespace) { format!("{LINK_OPENS}{shown}{LINK_ENDS}") } else { shown }
}

/// Reads markup; what does not close is shown as it is.
pub fn parse(marked: &str) -> RichText {
    Reader::read(marked).0
}

/// Whether all markup closes: for checking catalogues.
pub fn is_balanced(marked: &str) -> bool {
    Reader::read(marked).1
}

struct Reader {
    spans: Vec<Span>,
    text: String,
    bold: bool,
    balanced: bool,
}

impl Reader {
    fn read(marked: &str) -> (RichText, bool) {
        let mut reader = Self { spans: Vec::new(), text: String::with_capacity(marked.len()), bold: false, balanced: true };
        let mut rest = marked;
        while let Some(at) = rest.find(['*', '`', '[', LITERAL, LINK_OPENS, LINK_ENDS]) {
            reader.text.push_str(&rest[..at]);
            rest = reader.step(&rest[at..]);
        }
        reader.text.push_str(rest);
        reader.end_span();
        (RichText { spans: reader.spans }, reader.balanced)
    }

    /// Reads one mark at the start of `rest` and returns what follows it.
    fn step<'a>(&mut self, rest: &'a str) -> &'a str {
        let mut chars = rest.chars();
        match chars.next() {
            Some(LITERAL) => self.text.extend(chars.next()),
            Some(LINK_OPENS) => return self.address(chars.as_str()),
            Some('*') if rest.starts_with("**") => return self.toggle_bold(&rest[2..]),
            Some('`') => return self.code(chars.as_str()),
            Some('[') => return self.labelled(chars.as_str()),
            Some(LINK_ENDS) | None => {}
            Some(other) => self.text.push(other),
        }
        chars.as_str()
    }

    fn toggle_bold<'a>(&mut self, after: &'a str) -> &'a str {
        if self.bold || find(after, "**").is_some() {
            self.end_span();
            self.bold = !self.bold;
        } else {
            self.balanced = false;
            self.text.push_str("**");
        }
        after
    }

    fn code<'a>(&mut self, after: &'a str) -> &'a str {
        let Some(end) = find(after, "`") else {
            self.balanced = false;
            self.text.push('`');
            return after;
        };
        self.push(plain(&after[..end]), Style::Code);
        &after[end + 1..]
    }

    fn address<'a>(&mut self, after: &'a str) -> &'a str {
        let (address, rest) = after.split_once(LINK_ENDS).unwrap_or((after, ""));
        let address = plain(address);
        self.push(address.clone(), Style::Link(address));
        rest
    }

    fn labelled<'a>(&mut self, after: &'a str) -> &'a str {
        let middle = find(after, "](").filter(|at| find(&after[..*at], "[").is_none());
        let Some((label, rest)) = middle.map(|at| (&after[..at], &after[at + 2..])) else {
            self.text.push('[');
            return after;
        };
        let Some(end) = find(rest, ")") else {
            self.balanced = false;
            self.text.push('[');
            return after;
        };
        let address = plain(&rest[..end]);
        // A value that is no address leaves its label alone.
        let style = if address.contains(':') { Style::Link(address) } else { Style::Plain };
        self.push(plain(label), style);
        &rest[end + 1..]
    }

    fn push(&mut self, text: String, style: Style) {
        self.end_span();
        if !text.is_empty() {
            self.spans.push(Span { text, style });
        }
    }

    /// What was gathered becomes a span.
    fn end_span(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let style = if self.bold { Style::Bold } else { Style::Plain };
        let text = std::mem::take(&mut self.text);
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(&text),
            _ => self.spans.push(Span { text, style }),
        }
    }
}

/// Where `mark` stands in `text` and is meant as a mark.
fn find(text: &str, mark: &str) -> Option<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter(|at| text[*at..].starts_with(mark)).find(|at| !text[..*at].ends_with(LITERAL))
}

/// Without the marks of inserted values.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, LITERAL | LINK_OPENS | LINK_ENDS)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(marked: &str) -> String {
        let show = |span: &Span| match &span.style {
            Style::Plain => span.text.clone(),
            Style::Bold => format!("<b>{}</b>", span.text),
            Style::Code => format!("<c>{}</c>", span.text),
            Style::Link(to) => format!("<a {to}>{}</a>", span.text),
            Style::Mention(_) => format!("<m>{}</m>", span.text),
        };
        parse(marked).spans.iter().map(show).collect()
    }

    #[test]
    fn markup_is_read() {
        for (marked, expected) in [
            ("", ""),
            ("a **b** c", "a <b>b</b> c"),
            ("**3114** : gratuit. Danger : **15**.", "<b>3114</b> : gratuit. Danger : <b>15</b>."),
            ("write `/give @Sam 3 [reason]` now", "write <c>/give @Sam 3 [reason]</c> now"),
            ("`**not bold**`", "<c>**not bold**</c>"),
            ("see [the page](https://a.example/x) now", "see <a https://a.example/x>the page</a> now"),
            ("[reason] (3)", "[reason] (3)"),
            ("a [b] [c](https://d.example)", "a [b] <a https://d.example>c</a>"),
            ("2 * 3", "2 * 3"),
            ("**a `b` c**", "<b>a </b><c>b</c><b> c</b>"),
            ("**a\nb**", "<b>a\nb</b>"),
        ] {
            assert_eq!(shown(marked), expected, "{marked}");
            assert!(is_balanced(marked), "{marked}");
        }
    }

    #[test]
    fn markup_that_does_not_close_is_shown_and_told() {
        for marked in ["a **b", "a `b", "[a](b", "**a** **b"] {
            assert!(!is_balanced(marked), "{marked}");
        }
        assert_eq!(shown("a **b"), "a **b");
        assert_eq!(shown("a `b"), "a `b");
        assert_eq!(shown("[a](b"), "[a](b");
    }

    #[test]
    fn values_are_never_markup() {
        for typed in ["**x**", "`x`", "[x](https://evil.example)", "a*", "\\", "**", "](", "x)"] {
            assert_eq!(shown(&escape(typed)), typed);
            assert_eq!(shown(&format!("**{}**", escape(typed))), format!("<b>{typed}</b>"));
            assert_eq!(shown(&format!("`{}`", escape(typed))), format!("<c>{typed}</c>"));
            assert_eq!(shown(&format!("[{}](https://a.example)", escape(typed))), format!("<a https://a.example>{typed}</a>"));
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_shows_as_it_is(typed in "[a*`()\\[\\]:\\\\ \\n\u{FDD0}-\u{FDD2}\u{202E}é😞]{0,24}") {
            let visible: String = typed.chars().filter(|c| !is_hidden(*c) || *c == '\n').filter(|c| !('\u{FDD0}'..='\u{FDD2}').contains(c)).collect();
            let framed = parse(&format!("a **b {} c** `d` [e](https://f.example)", escape(&typed)));
            proptest::prop_assert_eq!(framed.plain(), format!("a b {visible} c d e"));
            proptest::prop_assert_eq!(framed.spans.len(), 6);
        }

        #[test]
        fn no_text_breaks_the_reader(marked in "\\PC{0,40}|[*`()\\[\\]\u{FDD0}-\u{FDD2}a]{0,24}") {
            let _ = (parse(&marked), is_balanced(&marked), parse(&link(&marked)));
        }
    }

    #[test]
    fn values_hide_nothing() {
        assert_eq!(escape("a\u{202E}b\u{200B}c\u{7}d\u{FDD0}e\u{FDD1}f\u{FEFF}"), "abcdef");
        assert_eq!(escape("a\tb\r\nc"), "a b \nc");
    }

    #[test]
    fn addresses_open_and_nothing_else_does() {
        assert_eq!(shown(&link("https://meet.example/a_(b)")), "<a https://meet.example/a_(b)>https://meet.example/a_(b)</a>");
        assert_eq!(shown(&format!("[ici]({})", link("https://meet.example/a_(b)"))), "<a https://meet.example/a_(b)>ici</a>");
        assert_eq!(shown(&link("javascript:alert(1)")), "javascript:alert(1)");
        assert_eq!(shown(&link("salle 12")), "salle 12");
        assert_eq!(shown(&format!("[ici]({})", link("salle 12"))), "ici");
    }
}
