//! Messages of the bot as a client shows them, from their HTML; and whether the plain form says the same.

use crate::support::matrix::Heard;

/// What stands between the number and the label of a choice.
const CHOICE: &str = " · ";
/// Stands behind what opens a direct room.
const OPENS: &str = "\u{1}";
/// What leads to an account.
const TO: &str = "https://matrix.to/#/";

/// A message's text and the labels of its choices.
pub fn read(heard: &Heard) -> (String, Vec<String>) {
    // What opens a direct room with the bot is a choice, without a number.
    let to_bot = format!("{TO}{}", heard.sender);
    let shown = text(heard.html(), |address, _| if address == to_bot { OPENS.to_owned() } else { String::new() });
    let lines: Vec<&str> = shown.lines().collect();
    let first = lines.iter().rposition(|line| label(line).is_none()).map_or(0, |at| at + 1);
    let buttons = lines[first..].iter().filter_map(|line| label(line)).map(str::to_owned).collect();
    let text = lines[..first].join("\n");
    (text.trim_end_matches('\n').to_owned(), buttons)
}

/// The labels of a message's choices.
pub fn buttons(heard: &Heard) -> Vec<String> {
    read(heard).1
}

/// `2 · Oui`, with the sign where bare numbers are conversation.
fn label(line: &str) -> Option<&str> {
    if let Some(label) = line.strip_suffix(OPENS) {
        return Some(label);
    }
    let (number, label) = line.split_once(CHOICE)?;
    number.strip_prefix('!').unwrap_or(number).parse::<u32>().ok().map(|_| label)
}

/// Says where plain and HTML differ.
pub fn agree(heard: &Heard) -> Result<(), String> {
    let spoken = text(
        heard.html(),
        |address, shown| if address == shown || address.starts_with(TO) { String::new() } else { format!(" ({address})") },
    );
    let plain = heard.body().lines().map(|line| line.split_once(" → https://matrix.to/").map_or(line, |(label, _)| label));
    let plain = plain.collect::<Vec<_>>().join("\n");
    if spoken.trim_end() == plain.trim_end() { Ok(()) } else { Err(format!("the plain body says\n{plain}\nand the HTML\n{spoken}")) }
}

/// The text of HTML, with what `after_link` makes of a link's address and its text.
fn text(html: &str, after_link: impl Fn(&str, &str) -> String) -> String {
    let (mut out, mut rest) = (String::new(), html);
    let mut link: Option<(String, usize)> = None;
    while let Some(at) = rest.find('<') {
        out.push_str(&unescape(&rest[..at]));
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if tag == "br" || tag == "br/" || tag == "br /" {
            out.push('\n');
        } else if let Some(address) = tag.strip_prefix("a href=\"") {
            link = Some((unescape(address.trim_end_matches('"')), out.len()));
        } else if tag == "/a"
            && let Some((address, from)) = link.take()
        {
            let shown = out[from..].to_owned();
            out.push_str(&after_link(&address, &shown));
        }
    }
    out.push_str(&unescape(rest));
    out
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn html_reads_as_it_is_shown() {
    for (html, with_addresses, shown_as) in [
        ("a &lt;b&gt; &amp; c<br>d", "a <b> & c\nd", "a <b> & c\nd"),
        ("<strong>1</strong> · Oui", "1 · Oui", "1 · Oui"),
        ("<a href=\"tel:3114\">3114</a>.", "3114 (tel:3114).", "3114."),
        ("<a href=\"https://x.org\">https://x.org</a>", "https://x.org", "https://x.org"),
    ] {
        assert_eq!(text(html, |address, shown| if address == shown { String::new() } else { format!(" ({address})") }), with_addresses);
        assert_eq!(text(html, |_, _| String::new()), shown_as);
    }
    assert_eq!((label("!2 · Oui"), label("12 · Non · peut-être"), label("le 2 · x")), (Some("Oui"), Some("Non · peut-être"), None));
}
