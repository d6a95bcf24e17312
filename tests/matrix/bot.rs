//! The program on Matrix: an account of its own, logged in, running in a folder of its own.

use std::{path::Path, process::Output, time::Duration};

use tempfile::TempDir;

use crate::support::{
    bot_api::{BotApi, TOKEN},
    matrix::{PASSWORD, Proxy, Synapse},
    program::Program,
};

/// How long the program may take to be at work on a busy machine.
pub const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// The bot of one test.
pub struct Bot {
    /// Its account.
    pub user: String,
    /// Where its database, its keys and its store lie.
    pub folder: TempDir,
    /// What its settings are.
    pub settings: Vec<(String, String)>,
    /// What `entraide matrix login` said.
    pub login: String,
    program: Option<Program>,
}

impl Bot {
    /// Logged in, not running. It reaches the homeserver through `proxy`, where there is one.
    pub fn new(synapse: &Synapse, proxy: Option<&Proxy>) -> Self {
        let mut bot = Self::stranger(synapse, proxy);
        let output = bot.subcommand(&["matrix", "login"]);
        bot.login = said(&output);
        assert!(output.status.success(), "{}", bot.login);
        bot
    }

    /// An account that never logged in.
    pub fn stranger(synapse: &Synapse, proxy: Option<&Proxy>) -> Self {
        let (user, folder) = (synapse.register("entraide"), tempfile::tempdir().unwrap());
        let url = proxy.map_or_else(|| synapse.url().to_owned(), Proxy::url);
        let store = folder.path().join("matrix").display().to_string();
        let mut bot = Self { user: user.clone(), folder, settings: Vec::new(), login: String::new(), program: None };
        for (name, value) in [("HOMESERVER", url.as_str()), ("USER", &user), ("PASSWORD", PASSWORD), ("STORE", &store)] {
            bot.set(&format!("ENTRAIDE_MATRIX__{name}"), value);
        }
        bot
    }

    /// A setting for all that is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Without this setting from now on.
    pub fn unset(&mut self, name: &str) {
        self.settings.retain(|(known, _)| known != name);
    }

    /// It serves this Bot API too.
    pub fn with_telegram(&mut self, api: &BotApi) {
        self.set("ENTRAIDE_TELEGRAM__TOKEN", TOKEN);
        self.set("ENTRAIDE_TELEGRAM__API_URL", &api.url());
    }

    /// The settings, as a process takes them.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Runs a subcommand to its end.
    pub fn subcommand(&self, args: &[&str]) -> Output {
        Program::subcommand_with(self.folder.path(), args, &self.pairs())
    }

    /// Starts `entraide run`.
    pub fn start(&mut self) {
        assert!(self.program.is_none(), "it runs");
        self.program = Some(Program::run(self.folder.path(), &self.pairs()));
    }

    /// The running program.
    pub fn program(&mut self) -> &mut Program {
        self.program.as_mut().expect("it runs")
    }

    /// Kills it as a power cut would.
    pub fn kill(&mut self) {
        self.program().kill();
        self.program = None;
    }

    /// Stops it as its operator would.
    pub fn stop(&mut self) {
        let status = self.program().stop(STARTS_WITHIN);
        assert!(status.success(), "{}", self.log());
        self.program = None;
    }

    /// What it wrote to the log since its folder was made.
    pub fn log(&self) -> String {
        Program::log_in(self.folder.path())
    }

    /// Where its Matrix store lies.
    pub fn store(&self) -> std::path::PathBuf {
        self.folder.path().join("matrix")
    }

    /// Where its files lie.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What a subcommand printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

impl Drop for Bot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the log of {}:\n{}", self.user, self.log());
        }
    }
}
