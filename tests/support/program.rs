//! The program as a child process: `entraide run` in a folder of its own, killed or stopped when the test wants it.

use std::{
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use super::bot_api::{BotApi, TOKEN};

/// The log's name in the folder.
const LOG: &str = "run.log";

/// A running `entraide run`.
pub struct Program {
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts on the database and the keys in `folder`, new or not.
    pub fn start(api: &BotApi, folder: &Path) -> Self {
        Self::start_with(api, folder, &[])
    }

    /// The same with more settings (`ENTRAIDE_<SECTION>__<KEY>`).
    pub fn start_with(api: &BotApi, folder: &Path, settings: &[(&str, &str)]) -> Self {
        let url = api.url();
        Self::run(folder, &[&telegram(&url), settings].concat())
    }

    /// Starts with these settings alone, whatever the platform.
    pub fn run(folder: &Path, settings: &[(&str, &str)]) -> Self {
        let log = folder.join(LOG);
        let out = || -> File { OpenOptions::new().create(true).append(true).open(&log).expect("the log opens") };
        let child = settled(folder)
            .arg("run")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(out())
            .stderr(out())
            .spawn()
            .expect("entraide starts");
        Self { child, log }
    }

    /// Runs another subcommand on the same folder to its end.
    pub fn subcommand(folder: &Path, args: &[&str]) -> Output {
        Self::subcommand_with(folder, args, &[])
    }

    /// The same with more settings.
    pub fn subcommand_with(folder: &Path, args: &[&str], settings: &[(&str, &str)]) -> Output {
        settled(folder).args(args).envs(settings.iter().copied()).stdin(Stdio::null()).output().expect("entraide starts")
    }

    /// The same where somebody types a line.
    pub fn subcommand_typing(folder: &Path, args: &[&str], settings: &[(&str, &str)], line: &str) -> Output {
        let command = &mut settled(folder);
        command.args(args).envs(settings.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("entraide starts");
        // It may have ended already, and says why itself.
        let _ = std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), format!("{line}\n").as_bytes());
        child.wait_with_output().expect("entraide ends")
    }

    /// Runs it; whether it went well, and all that it wrote.
    pub fn says(folder: &Path, args: &[&str]) -> (bool, String) {
        said(&Self::subcommand(folder, args))
    }

    /// The same with this server as its Telegram, as for a service that is to start.
    pub fn says_on(api: &BotApi, folder: &Path, args: &[&str]) -> (bool, String) {
        let url = api.url();
        said(&Self::subcommand_with(folder, args, &telegram(&url)))
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it asks for updates; fails with the log where it ends before.
    pub fn wait_until_polling(&mut self, api: &BotApi, at_most: Duration) {
        let (before, deadline) = (api.state().count("getUpdates"), Instant::now() + at_most);
        while api.state().count("getUpdates") == before {
            if let Some(status) = self.child.try_wait().expect("a status") {
                panic!("entraide ended with {status} before it asked for updates:\n{}", self.log());
            }
            assert!(Instant::now() < deadline, "entraide does not ask for updates:\n{}\n{}", self.log(), api.transcript());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// It still runs; fails with the log where it does not.
    pub fn assert_running(&mut self) {
        if let Some(status) = self.child.try_wait().expect("a status") {
            panic!("entraide ended with {status}:\n{}", self.log());
        }
    }

    /// Kills it as a power cut would (SIGKILL), and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }

    /// Asks it to stop (SIGTERM) and waits for its end.
    pub fn stop(&mut self, at_most: Duration) -> ExitStatus {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().expect("kill runs");
        assert!(asked.success(), "it can be asked to stop");
        let deadline = Instant::now() + at_most;
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status;
            }
            assert!(Instant::now() < deadline, "entraide does not stop within {at_most:?}:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What it wrote to the log since the folder was made.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// What was written to the log of this folder, by a program that may have ended.
    pub fn log_in(folder: &Path) -> String {
        std::fs::read_to_string(folder.join(LOG)).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn telegram(url: &str) -> [(&'static str, &str); 2] {
    [("ENTRAIDE_TELEGRAM__TOKEN", TOKEN), ("ENTRAIDE_TELEGRAM__API_URL", url)]
}

fn said(output: &Output) -> (bool, String) {
    (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

/// The program, with its database and keys in `folder` and no settings from outside.
fn settled(folder: &Path) -> Command {
    let at = |name: &str| folder.join(name).display().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_entraide"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ENTRAIDE_")) {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .env("ENTRAIDE_DATABASE__URL", format!("sqlite:{}", at("data.db")))
        .env("ENTRAIDE_VAULT__KEY_FILE", at("master.key"))
        .env("ENTRAIDE_VAULT__RING", at("key.ring"));
    command
}
