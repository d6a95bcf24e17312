//! Plays a conversation file over Matrix: its people are in one encrypted room, and each in a direct one, with the bot.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crate::{
    html,
    support::{
        chat_file::{Block, ChatFile, Did, message_block},
        matrix::{COMES_WITHIN, Heard, People, Person, Plan, Proxy, Synapse, content},
        script::{Act, names, read},
    },
};

/// How long the bot may take for one line.
const LINE_TAKES: Duration = Duration::from_secs(30);
/// After what was expected came: how long nothing more may come.
const QUIET: Duration = Duration::from_millis(250);

/// The rooms, and what of them was looked at.
pub struct Stage<'a> {
    proxy: &'a Proxy,
    people: Arc<People>,
    bot: String,
    all: BTreeMap<String, Person>,
    /// The person's direct room.
    direct: BTreeMap<String, String>,
    group: String,
    /// Who looks at the group for all.
    watcher: Person,
    /// Events of the bot that were looked at.
    seen: HashSet<String>,
    /// The line of each message that a person wrote.
    lines: HashMap<String, String>,
    /// Who wrote something.
    spoke: HashSet<String>,
    /// Who took another alias.
    renamed: HashSet<String>,
}

impl<'a> Stage<'a> {
    /// Makes the people of `file`; who acts first in the group made it, and the bot may delete there.
    pub fn new(synapse: &Synapse, proxy: &'a Proxy, people: &Arc<People>, bot: &str, file: &ChatFile) -> Result<Self, String> {
        let names = names(file)?;
        let first = names.first().ok_or("nobody speaks")?;
        let all: BTreeMap<String, Person> = names.iter().map(|name| (name.clone(), people.person(synapse, name))).collect();
        let founder = &all[first];
        let others: Vec<&str> = all.values().map(|person| person.user.as_str()).filter(|user| *user != founder.user).collect();
        let invited = [&others[..], &[bot]].concat();
        let plan = Plan { name: "Le cercle", encrypted: true, invited: &invited, power: &[(bot, 50)], ..Plan::default() };
        let group = founder.makes(plan);
        for person in all.values().filter(|person| person.user != founder.user) {
            person.joins(&group);
        }
        let open = |person: &Person| person.makes(Plan { encrypted: true, direct: true, invited: &[bot], ..Plan::default() });
        let direct: BTreeMap<String, String> = all.iter().map(|(name, person)| (name.clone(), open(person))).collect();
        founder.sees_join(&group, bot);
        for (name, person) in &all {
            person.sees_join(&direct[name], bot);
        }
        let watcher = founder.clone();
        let people = Arc::clone(people);
        Ok(Self {
            proxy,
            people,
            bot: bot.to_owned(),
            all,
            direct,
            group,
            watcher,
            seen: HashSet::new(),
            lines: HashMap::new(),
            spoke: HashSet::new(),
            renamed: HashSet::new(),
        })
    }

    /// Plays the whole file; what the bot did, as `entraide try --json` would tell it.
    pub fn play(&mut self, file: &ChatFile) -> Result<Vec<Did>, String> {
        self.rest(Instant::now(), 0);
        let _ = self.take()?;
        let mut did = Vec::new();
        for (n, line) in file.lines.iter().enumerate() {
            let in_line = |error: String| format!("{:?}: {error}", line.text);
            if !self.act(&line.text).map_err(in_line)? {
                continue;
            }
            self.rest(Instant::now(), line.expected.len());
            did.extend(self.take().map_err(in_line)?.into_iter().map(|block| Did { line: n, block }));
        }
        Ok(did)
    }

    /// Waits until the bot handled everything, and everybody heard what it sent.
    fn rest(&self, since: Instant, expected: usize) {
        let deadline = Instant::now() + LINE_TAKES;
        loop {
            self.proxy.wait_rest(since, QUIET, COMES_WITHIN);
            let heard = self.fresh().len();
            let arrived = self.sent() == self.by_bot().len();
            if (arrived && heard >= expected) || Instant::now() > deadline {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many events the homeserver took from the bot; a transaction that was tried twice is one.
    fn sent(&self) -> usize {
        let passed = self.proxy.passed();
        let is_event = |path: &str| path.contains("/send/") || path.contains("/redact/");
        let taken = passed.iter().filter(|passed| passed.method == "PUT" && passed.status == Some(200) && is_event(&passed.path));
        taken.map(|passed| passed.path.as_str()).collect::<HashSet<_>>().len()
    }

    /// What the bot did, each as the one who looks there heard it.
    fn by_bot(&self) -> Vec<Heard> {
        let mut all = Vec::new();
        let mut ids = HashSet::new();
        let rooms = self.direct.iter().map(|(name, room)| (&self.all[name], room)).chain([(&self.watcher, &self.group)]);
        for (person, room) in rooms {
            let heard = person.heard(room).into_iter().filter(|heard| heard.sender == self.bot && heard.state_key.is_none());
            // What could not be read at first and could later is one event.
            for heard in heard.filter(|heard| ids.insert(heard.id.clone())) {
                all.push(heard);
            }
        }
        all
    }

    fn fresh(&self) -> Vec<Heard> {
        self.by_bot().into_iter().filter(|heard| !self.seen.contains(&heard.id)).collect()
    }

    /// Whether somebody did something.
    fn act(&mut self, line: &str) -> Result<bool, String> {
        match read(line)? {
            Act::Nothing => Ok(false),
            Act::Writes { name, direct, text } => {
                let id = self.all[name].sends(self.room(name, direct), self.writing(text));
                self.lines.insert(id, line.to_owned());
                // Who takes another alias is no longer found by the name of the file.
                if ["/pseudo ", "/alias "].iter().any(|command| text.starts_with(command)) {
                    self.renamed.insert(name.to_owned());
                }
                self.spoke.insert(name.to_owned());
                Ok(true)
            }
            Act::Presses { name, direct, button } => {
                let (person, room) = (&self.all[name], self.room(name, direct));
                let heard = person.heard(room);
                let ours = |heard: &&Heard| heard.sender == self.bot && heard.is_message() && button <= html::buttons(heard).len();
                let message = heard.iter().rev().find(ours).ok_or("no message has so many choices")?;
                let newest = heard.iter().rev().find(|heard| heard.sender == self.bot && heard.is_message());
                let number = content::text(&button.to_string());
                // The newest message's choices need no reply.
                if direct && newest.is_some_and(|newest| newest.id == message.id) {
                    person.sends(room, number);
                } else {
                    person.sends(room, content::in_reply_to(number, message.edit_of().unwrap_or(&message.id)));
                }
                Ok(true)
            }
        }
    }

    fn room(&self, name: &str, direct: bool) -> &str {
        if direct { &self.direct[name] } else { &self.group }
    }

    /// Whether the bot finds somebody by the name that the file has.
    fn knows(&self, name: &str) -> bool {
        self.spoke.contains(name) && !self.renamed.contains(name)
    }

    /// The text as a client sends it: with the sign for commands, and those marked whom the bot cannot know by name yet.
    fn writing(&self, text: &str) -> serde_json::Value {
        let text = text.strip_prefix('/').map_or_else(|| text.to_owned(), |rest| format!("!{rest}"));
        let is_named = |name: &&String| text.split_whitespace().any(|word| word.strip_prefix('@') == Some(name.as_str()));
        let named: Vec<&String> = self.all.keys().filter(is_named).filter(|name| !self.knows(name)).collect();
        if named.is_empty() {
            return content::text(&text);
        }
        // Some clients show the sign with the name, some do not; the other tests have those, and mark everybody.
        let marked: Vec<(String, &str)> = named.iter().map(|name| (format!("@{name}"), self.all[*name].user.as_str())).collect();
        let people: Vec<(&str, &str)> = marked.iter().map(|(name, user)| (name.as_str(), *user)).collect();
        content::naming(&text, &people)
    }

    /// What the bot did since the last look.
    fn take(&mut self) -> Result<Vec<Block>, String> {
        let mut blocks: Vec<Block> = Vec::new();
        for heard in self.fresh() {
            self.seen.insert(heard.id.clone());
            let to = self.name_of(&heard.room);
            if let Some(id) = heard.redacts() {
                let line = self.lines.get(id).map_or("a message of the bot", String::as_str);
                blocks.push(vec![format!("[{to}] ⌫ {line}")]);
            } else if let Some((_, emoji)) = heard.reaction() {
                blocks.push(vec![format!("[{to}] {emoji}")]);
            } else if heard.kind == "unreadable" {
                blocks.push(vec![format!("[{to}] (cannot be decrypted)")]);
            } else if heard.msgtype() == "m.file" {
                let name = format!("<{}>", heard.content["filename"].as_str().unwrap_or_default());
                match blocks.last_mut().filter(|block| block[0].starts_with(&format!("[{to}]"))) {
                    Some(block) => block.push(name),
                    None => blocks.push(vec![format!("[{to}]"), name]),
                }
            } else {
                html::agree(&heard)?;
                let (text, buttons) = html::read(&heard);
                blocks.push(message_block(&to, &text, &buttons, &[], heard.edit_of().is_some()));
            }
        }
        Ok(blocks)
    }

    fn name_of(&self, room: &str) -> String {
        let name = self.direct.iter().find(|(_, direct)| *direct == room).map(|(name, _)| name.clone());
        name.unwrap_or_else(|| "group".to_owned())
    }

    /// What happened, for a person to read.
    pub fn transcript(&self) -> String {
        self.people.transcript()
    }
}
