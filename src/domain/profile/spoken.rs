//! The languages that people speak with each other; more than the program itself writes.

use serde::{Deserialize, Serialize};

use crate::domain::message::Msg;

/// A language that a supporter may speak.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spoken {
    /// French.
    French,
    /// English.
    English,
    /// Arabic.
    Arabic,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// German.
    German,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Turkish.
    Turkish,
    /// Russian.
    Russian,
    /// Ukrainian.
    Ukrainian,
    /// Polish.
    Polish,
    /// Romanian.
    Romanian,
    /// Albanian.
    Albanian,
    /// Persian.
    Persian,
    /// Pashto.
    Pashto,
    /// Kurdish.
    Kurdish,
    /// Berber.
    Berber,
    /// Wolof.
    Wolof,
    /// Bambara.
    Bambara,
    /// Fula.
    Fula,
    /// Soninke.
    Soninke,
    /// Lingala.
    Lingala,
    /// Swahili.
    Swahili,
    /// Somali.
    Somali,
    /// Tigrinya.
    Tigrinya,
    /// Amharic.
    Amharic,
    /// Chinese.
    Chinese,
    /// Vietnamese.
    Vietnamese,
    /// Tamil.
    Tamil,
    /// Bengali.
    Bengali,
    /// Urdu.
    Urdu,
    /// Hindi.
    Hindi,
    /// Creole.
    Creole,
    /// Romani.
    Romani,
    /// Breton.
    Breton,
    /// Occitan.
    Occitan,
    /// Any sign language.
    SignLanguage,
}

impl Spoken {
    /// All of them, those first that are shown as buttons.
    pub const ALL: [Self; 38] = [
        Self::French,
        Self::English,
        Self::Arabic,
        Self::Spanish,
        Self::Portuguese,
        Self::German,
        Self::Italian,
        Self::Dutch,
        Self::Turkish,
        Self::Russian,
        Self::Ukrainian,
        Self::Polish,
        Self::Romanian,
        Self::Albanian,
        Self::Persian,
        Self::Pashto,
        Self::Kurdish,
        Self::Berber,
        Self::Wolof,
        Self::Bambara,
        Self::Fula,
        Self::Soninke,
        Self::Lingala,
        Self::Swahili,
        Self::Somali,
        Self::Tigrinya,
        Self::Amharic,
        Self::Chinese,
        Self::Vietnamese,
        Self::Tamil,
        Self::Bengali,
        Self::Urdu,
        Self::Hindi,
        Self::Creole,
        Self::Romani,
        Self::Breton,
        Self::Occitan,
        Self::SignLanguage,
    ];

    /// The words that mean it, folded; the first is French, the second English.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::French => &["francais", "french"],
            Self::English => &["anglais", "english"],
            Self::Arabic => &["arabe", "arabic", "darija"],
            Self::Spanish => &["espagnol", "spanish", "castillan", "espanol"],
            Self::Portuguese => &["portugais", "portuguese", "bresilien", "brazilian"],
            Self::German => &["allemand", "german", "deutsch"],
            Self::Italian => &["italien", "italian", "italiano"],
            Self::Dutch => &["neerlandais", "dutch", "flamand", "flemish", "hollandais"],
            Self::Turkish => &["turc", "turkish", "turque"],
            Self::Russian => &["russe", "russian"],
            Self::Ukrainian => &["ukrainien", "ukrainian"],
            Self::Polish => &["polonais", "polish"],
            Self::Romanian => &["roumain", "romanian", "moldave"],
            Self::Albanian => &["albanais", "albanian"],
            Self::Persian => &["persan", "persian", "farsi", "dari"],
            Self::Pashto => &["pachto", "pashto", "pachtou"],
            Self::Kurdish => &["kurde", "kurdish"],
            Self::Berber => &["berbere", "berber", "kabyle", "tamazight", "amazigh", "chleuh"],
            Self::Wolof => &["wolof", "wolof"],
            Self::Bambara => &["bambara", "bambara", "dioula", "malinke"],
            Self::Fula => &["peul", "fula", "pulaar", "fulani"],
            Self::Soninke => &["soninke", "soninke"],
            Self::Lingala => &["lingala", "lingala"],
            Self::Swahili => &["swahili", "swahili", "kiswahili"],
            Self::Somali => &["somali", "somali"],
            Self::Tigrinya => &["tigrigna", "tigrinya"],
            Self::Amharic => &["amharique", "amharic"],
            Self::Chinese => &["chinois", "chinese", "mandarin", "cantonais", "cantonese"],
            Self::Vietnamese => &["vietnamien", "vietnamese"],
            Self::Tamil => &["tamoul", "tamil"],
            Self::Bengali => &["bengali", "bengali"],
            Self::Urdu => &["ourdou", "urdu"],
            Self::Hindi => &["hindi", "hindi"],
            Self::Creole => &["creole", "creole", "kreyol", "creole haitien", "haitian creole"],
            Self::Romani => &["romani", "romani", "rom"],
            Self::Breton => &["breton", "breton"],
            Self::Occitan => &["occitan", "occitan"],
            Self::SignLanguage => &["langue des signes", "sign language", "lsf", "signes", "bsl", "asl", "langue des signes francaise"],
        }
    }

    /// What it is called, for the reader.
    pub const fn msg(self) -> Msg {
        match self {
            Self::French => Msg::new("spoken-french"),
            Self::English => Msg::new("spoken-english"),
            Self::Arabic => Msg::new("spoken-arabic"),
            Self::Spanish => Msg::new("spoken-spanish"),
            Self::Portuguese => Msg::new("spoken-portuguese"),
            Self::German => Msg::new("spoken-german"),
            Self::Italian => Msg::new("spoken-italian"),
            Self::Dutch => Msg::new("spoken-dutch"),
            Self::Turkish => Msg::new("spoken-turkish"),
            Self::Russian => Msg::new("spoken-russian"),
            Self::Ukrainian => Msg::new("spoken-ukrainian"),
            Self::Polish => Msg::new("spoken-polish"),
            Self::Romanian => Msg::new("spoken-romanian"),
            Self::Albanian => Msg::new("spoken-albanian"),
            Self::Persian => Msg::new("spoken-persian"),
            Self::Pashto => Msg::new("spoken-pashto"),
            Self::Kurdish => Msg::new("spoken-kurdish"),
            Self::Berber => Msg::new("spoken-berber"),
            Self::Wolof => Msg::new("spoken-wolof"),
            Self::Bambara => Msg::new("spoken-bambara"),
            Self::Fula => Msg::new("spoken-fula"),
            Self::Soninke => Msg::new("spoken-soninke"),
            Self::Lingala => Msg::new("spoken-lingala"),
            Self::Swahili => Msg::new("spoken-swahili"),
            Self::Somali => Msg::new("spoken-somali"),
            Self::Tigrinya => Msg::new("spoken-tigrinya"),
            Self::Amharic => Msg::new("spoken-amharic"),
            Self::Chinese => Msg::new("spoken-chinese"),
            Self::Vietnamese => Msg::new("spoken-vietnamese"),
            Self::Tamil => Msg::new("spoken-tamil"),
            Self::Bengali => Msg::new("spoken-bengali"),
            Self::Urdu => Msg::new("spoken-urdu"),
            Self::Hindi => Msg::new("spoken-hindi"),
            Self::Creole => Msg::new("spoken-creole"),
            Self::Romani => Msg::new("spoken-romani"),
            Self::Breton => Msg::new("spoken-breton"),
            Self::Occitan => Msg::new("spoken-occitan"),
            Self::SignLanguage => Msg::new("spoken-sign-language"),
        }
    }
}
