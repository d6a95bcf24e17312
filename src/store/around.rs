//! What is kept about somebody around sessions, for their own data.

use crate::{
    domain::{
        data::{
            around::{OwnAround, OwnFeedback, OwnReminders, OwnWord},
            mine::instant,
        },
        ids::SessionId,
        scope::Person,
        session::{SessionRef, after::Weight},
    },
    store::{Store, StoreError},
};

impl Store {
    pub(super) async fn own_around(&mut self, person: &Person) -> Result<OwnAround, StoreError> {
        let reminders = self.wishes(person.id).await?.map(|wishes| OwnReminders {
            day_before: wishes.day,
            hour_before: wishes.hour,
            quiet: wishes.quiet.written(),
        });
        let (mut needs, mut feedback, mut debriefs) = (Vec::new(), Vec::new(), Vec::new());
        for (session, text) in self.own_needs(person.id).await? {
            needs.push(OwnWord { number: self.number_of(person, session).await?, text });
        }
        for (session, answer, at) in self.own_answers(person.id).await? {
            let number = self.number_of(person, session).await?;
            feedback.push(OwnFeedback { number, score: answer.score, text: answer.line, at: instant(at) });
        }
        for (session, weight) in self.own_debriefs(person.id).await? {
            let text = match weight {
                Weight::Light => "light",
                Weight::Heavy => "heavy",
                Weight::Hard => "hard",
            };
            debriefs.push(OwnWord { number: self.number_of(person, session).await?, text: text.to_owned() });
        }
        let rests_until = self.rests_until(person.id).await?.map(instant);
        let feed = self.feed_of(person.id).await?;
        let (calendar_address_since, calendar_titles) = (feed.map(|feed| instant(feed.made_at)), feed.map(|feed| feed.titles));
        Ok(OwnAround { reminders, needs, feedback, debriefs, rests_until, calendar_address_since, calendar_titles })
    }

    async fn number_of(&mut self, person: &Person, session: SessionId) -> Result<i64, StoreError> {
        Ok(self.session(person.community, SessionRef::Id(session)).await?.map_or(0, |session| session.number))
    }
}
