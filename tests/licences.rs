//! Every crate that goes into the program has a licence that deny.toml allows, and none that it bans is there.

use std::{collections::BTreeSet, fs, process::Command};

fn root(file: &str) -> String {
    format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn rules() -> toml::Table {
    fs::read_to_string(root("deny.toml")).expect("deny.toml").parse().expect("TOML")
}

/// Names of crates with their licences, as this machine's build has them.
fn crates() -> Vec<(String, String)> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &platform])
        .args(["--manifest-path", &root("Cargo.toml")])
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let word = |package: &serde_json::Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    packages.iter().map(|package| (word(package, "name"), word(package, "license"))).collect()
}

/// Whether a licence expression can be satisfied with what is allowed; the old `/` means OR,
/// a `+` that version or a later one.
fn allowed(expression: &str, list: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    if let Some(parts) = split(expression, " OR ").or_else(|| split(expression, "/")) {
        return parts.iter().any(|part| allowed(part, list));
    }
    if let Some(parts) = split(expression, " AND ") {
        return parts.iter().all(|part| allowed(part, list));
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => allowed(inner, list),
        None => list.contains(expression.strip_suffix('+').unwrap_or(expression)),
    }
}

/// The parts between the separators that stand outside parentheses, where there are several.
fn split<'a>(expression: &'a str, separator: &str) -> Option<Vec<&'a str>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, sign) in expression.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && at >= start && expression[at..].starts_with(separator) => {
                parts.push(&expression[start..at]);
                start = at + separator.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    (parts.len() > 1).then_some(parts)
}

#[test]
fn expressions_are_understood() {
    let list: BTreeSet<String> = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(String::from).into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-2.0-only", false),
        ("MIT OR GPL-2.0-only", true),
        ("MIT AND GPL-2.0-only", false),
        ("(MIT OR GPL-2.0-only) AND Zlib", true),
        ("(GPL-2.0-only OR GPL-3.0-only) AND Zlib", false),
        ("GPL-2.0-only/MIT", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Zlib+", true),
        ("GPL-2.0-only+", false),
        ("", false),
    ] {
        assert_eq!(allowed(expression, &list), expected, "{expression}");
    }
}

#[test]
fn every_crate_may_be_used() {
    let rules = rules();
    let list = rules["licenses"]["allow"].as_array().expect("a list");
    let list: BTreeSet<String> = list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    let crates = crates();
    assert!(crates.len() > 100, "the crates were not found");
    let wrong: Vec<_> = crates.iter().filter(|(_, licence)| !allowed(licence, &list)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for banned in rules["bans"]["deny"].as_array().expect("a list") {
        let banned = banned["crate"].as_str().expect("a name");
        assert!(crates.iter().all(|(name, _)| name != banned), "{banned} is banned");
    }
}

#[test]
fn our_own_licence_is_the_one_that_is_named() {
    let manifest: toml::Table = fs::read_to_string(root("Cargo.toml")).expect("Cargo.toml").parse().expect("TOML");
    assert_eq!(manifest["package"]["license"].as_str(), Some("AGPL-3.0-or-later"));
    let text = fs::read_to_string(root("LICENSE")).expect("LICENSE");
    assert!(text.trim_start().starts_with("GNU AFFERO GENERAL PUBLIC LICENSE\n"));
}
