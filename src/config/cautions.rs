//! What a configuration may have and an operator should know: nothing is refused here.

use std::{os::unix::fs::PermissionsExt, path::Path};

use super::Config;

impl Config {
    /// What the operator should look at, a sentence each, for `check` and the start of `run`. `file`: the configuration's.
    pub fn cautions(&self, file: Option<&Path>) -> Vec<String> {
        let mut cautions = Vec::new();
        let folder = self.database.file.parent();
        for (key, path) in [("vault.key_file", &self.vault.key_file), ("vault.ring", &self.vault.ring)] {
            if folder.is_some_and(|folder| path.starts_with(folder)) {
                cautions.push(format!(
                    "{key} lies in the database's folder: whoever copies that folder can read everything; write a path elsewhere and move the file there"
                ));
            }
        }
        if self.telegram.as_ref().is_some_and(|telegram| telegram.api_url.starts_with("http://") && !is_this_machine(&telegram.api_url)) {
            cautions.push("telegram.api_url begins with http://: the token and every message cross the network readable".to_owned());
        }
        if self.matrix.as_ref().is_some_and(|matrix| matrix.homeserver.starts_with("http://") && !is_this_machine(&matrix.homeserver)) {
            cautions.push("matrix.homeserver begins with http://: the password and the access token cross the network readable".to_owned());
        }
        if self.listen.is_some_and(|listen| !listen.ip().is_loopback()) {
            cautions.push(
                "http.listen is reachable from other machines: health and metrics name nobody, but tell how much the bot is used; \
                 write 127.0.0.1 unless a proxy on another machine needs it"
                    .to_owned(),
            );
        }
        if self.operator_room.is_none() {
            cautions.push("operator.room is not set: what the operator must know is in the log and the metrics alone".to_owned());
        }
        if let Some(file) = file.filter(|file| others_can_read(file)) {
            cautions.push(format!(
                "other accounts of this machine can read {0}: if a secret stands in it, run `chmod 600 {0}`",
                file.display()
            ));
        }
        cautions
    }
}

fn is_this_machine(url: &str) -> bool {
    let host = url.parse::<axum::http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn others_can_read(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_names() {
        for (url, expected) in [
            ("http://localhost:8081", true),
            ("http://127.0.0.1:1", true),
            ("http://[::1]:8081", true),
            ("http://127.0.0.1.example.org", false),
            ("http://botapi:8081", false),
        ] {
            assert_eq!(is_this_machine(url), expected, "{url}");
        }
    }
}
