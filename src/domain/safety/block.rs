//! `/block`: nothing more from somebody, and nobody learns of it; the list, and how to undo it.

use uuid::Uuid;

use super::{Change, Who, gone, named_first, read_token, shown_name, token};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    event::Platform,
    hear::{Call, Named},
    ids::{BlockId, CommunityId, PersonId},
    message::{Button, Content, Msg},
    scope::Scope,
    words::{clean_name, fold},
};

/// The most blocks that one person has.
pub const BLOCKS_MAX: usize = 200;

/// So many are listed with a button each; the others are undone by name.
const BUTTONS_MAX: usize = 20;

/// Words that undo, before a name or what a button carries.
const UNDO: [&str; 8] = ["annuler", "fin", "stop", "off", "undo", "end", "debloquer", "unblock"];

/// What was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum BlockArgs {
    /// Whom one blocks.
    List,
    /// Block who is so named.
    Name(Named),
    /// Block who sent this, whoever it was.
    Sender(Uuid),
    /// Undo this.
    Undo(BlockId),
    /// Undo what was typed under this name.
    UndoName(String),
}

/// That somebody wants nothing more from somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// In which community.
    pub community: CommunityId,
    /// Who wants nothing.
    pub by: PersonId,
    /// From whom; nobody where the name is nobody's yet, then it waits for who joins under it.
    pub persons: Vec<PersonId>,
    /// The platform on which the name was typed.
    pub platform: Platform,
    /// As typed, or as it was shown.
    pub name: Named,
}

/// Something received, and who sent it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// Who.
    pub from: PersonId,
    /// The name that the message bore; empty where they are gone.
    pub name: String,
}

/// A block, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mine {
    /// Its id.
    pub id: BlockId,
    /// As it was typed.
    pub name: String,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BlockView {
    /// Whom the typed name means.
    pub who: Option<Who>,
    /// What the button belongs to; `None` where it was not sent to who asks.
    pub received: Option<Received>,
    /// The asker's blocks, oldest first.
    pub mine: Vec<Mine>,
}

/// Reads `/block`, `/block @Sam`, `/block undo @Sam` and what buttons carry.
pub fn parse(call: &Call) -> BlockArgs {
    let word = |n: usize| call.words.get(n).map(|word| word.text.as_str());
    if let Some(id) = word(0).and_then(read_token) {
        return BlockArgs::Sender(id);
    }
    if word(0).is_some_and(|word| UNDO.contains(&fold(word).as_str()))
        && let Some(second) = word(1)
    {
        let name = || clean_name(call.rest_from(1).trim_start_matches('@'));
        return read_token(second).map_or_else(|| BlockArgs::UndoName(name()), |id| BlockArgs::Undo(BlockId(id)));
    }
    match named_first(call) {
        // Without a sign the whole line is the name: aliases may have several words.
        Some((named, 1)) if !named.marked && named.account.is_none() && !call.words[0].quoted => {
            BlockArgs::Name(Named::bare(&call.rest).cleaned())
        }
        Some((named, _)) => BlockArgs::Name(named),
        None => BlockArgs::List,
    }
}

/// The button under everything that somebody received from somebody.
pub fn button(received: Uuid) -> Button {
    Button::command(Msg::new("safety-button-block"), Command::Block, token(received))
}

/// The same where several things came at once, told apart by the transfer's number.
pub fn button_of(received: Uuid, number: i64) -> Button {
    Button::command(Msg::new("safety-button-block-number").with("number", number), Command::Block, token(received))
}

/// Blocks, undoes or lists.
pub fn block(scope: &Scope, view: &BlockView, args: BlockArgs, ctx: &mut Context) -> Outcome {
    let Some(person) = &scope.person else { return Err(Msg::new("people-not-here").into()) };
    let (persons, name) = match (args, &view.who, &view.received) {
        (BlockArgs::List, ..) => return Ok(Decision::answer(list(&view.mine))),
        (BlockArgs::Undo(id), ..) => return undo(person.id, view, |mine| mine.id == id),
        (BlockArgs::UndoName(name), ..) => return undo(person.id, view, |mine| fold(&mine.name) == fold(&name)),
        (BlockArgs::Name(_), Some(Who::Oneself), _) => return Err(not_to(Msg::new("safety-block-self"))),
        (BlockArgs::Name(_), Some(Who::Bot), _) => return Err(not_to(Msg::new("safety-block-bot").with("leave", Command::Leave))),
        (BlockArgs::Name(named), Some(Who::Somebody(persons)), _) => (persons.clone(), named),
        (BlockArgs::Sender(_), _, Some(received)) => (vec![received.from], Named::bare(&received.name)),
        (BlockArgs::Sender(_) | BlockArgs::Name(_), ..) => return Err(gone()),
    };
    if view.mine.len() >= BLOCKS_MAX {
        return Err(Msg::new("safety-block-many").with("block", Command::Block).into());
    }
    let id = ctx.ids.make();
    let shown = shown_name(&name.typed);
    let block = Block { id, community: person.community, by: person.id, persons, platform: scope.account.platform, name };
    let lines = vec![
        Msg::new("safety-done"),
        Msg::new("safety-blocked").with("name", shown),
        Msg::new("safety-blocked-means"),
        Msg::new("safety-blocked-sessions"),
    ];
    let undo = Button::command(Msg::new("safety-button-undo"), Command::Block, format!("{} {}", UNDO[0], token(id.0)));
    Ok(Decision::answer(Content::from(lines).buttons([undo])).change(Change::Block(block)))
}

/// Undoes all that was blocked under the same name: of two persons who had it after each other none is told apart.
fn undo(person: PersonId, view: &BlockView, meant: impl Fn(&Mine) -> bool) -> Outcome {
    let Some(first) = view.mine.iter().find(|mine| meant(mine)) else {
        return Err(Msg::new("safety-not-blocked").with("block", Command::Block).into());
    };
    let same = |mine: &&Mine| fold(&mine.name) == fold(&first.name);
    let ids = view.mine.iter().filter(same).map(|mine| mine.id).collect();
    let lines = vec![Msg::new("safety-done"), Msg::new("safety-unblocked").with("name", shown_name(&first.name))];
    Ok(Decision::answer(lines).change(Change::Unblock { person, ids }))
}

fn list(mine: &[Mine]) -> Content {
    let how = Msg::new("safety-block-how").with("block", Command::Block);
    let mut names: Vec<&Mine> = Vec::new();
    for one in mine {
        if !names.iter().any(|known| fold(&known.name) == fold(&one.name)) {
            names.push(one);
        }
    }
    if names.is_empty() {
        return Content::from(vec![Msg::new("safety-list-title"), Msg::new("safety-list-empty"), how]);
    }
    let mut content = Content::from(vec![Msg::new("safety-list-title"), Msg::new("safety-list-from")]);
    content.lines.extend(names.iter().map(|mine| Msg::new("safety-list-line").with("name", shown_name(&mine.name))));
    content.lines.push(how);
    content.buttons(names.iter().take(BUTTONS_MAX).map(|mine| {
        let label = Msg::new("safety-button-undo-name").with("name", shown_name(&mine.name));
        Button::command(label, Command::Block, format!("{} {}", UNDO[0], token(mine.id.0)))
    }))
}

fn not_to(what: Msg) -> Refusal {
    Refusal::new(vec![what, Msg::new("safety-block-how").with("block", Command::Block)])
}
