//! The talk as pages show it: comments with their badges, votes and replies, the opening state, the form.

use std::collections::{BTreeSet, HashMap};

use archive::{ArticleId, Published};
use forum::hours::{Reason, State, Subject};
use forum::{Body, Bookmark, Comment, CommentId, Conversation, Sort, Vote, Words};
use jiff::civil::Date;
use moderation::{Decision, DecisionId, Piece};
use reader::{Company, ReaderId, Role};
use store::{Failure, Time, Tx};
use story::Line;
use theme::{
    ArticleRef, Badge, CommentForm, CommentView, Folded, Html, Link, Personal, RemovedView, ReplyTo, SortTab,
    ThreadState, ThreadView, VoteView, Why,
};

use crate::Paper;

/// Comments in the first HTML of an article, replies among them.
const ON_ARTICLE: usize = 20;
/// Conversations on a page of a thread.
pub(crate) const ON_PAGE: i64 = 30;
/// After so many years a reader's badge says since when they have been here.
const OLD_HANDS: i16 = 5;

/// Where an article's thread is.
pub(crate) fn thread_path(found: &Published) -> String {
    format!("{}/comments", found.path())
}

/// The article a page of comments belongs to.
pub(crate) fn article_ref(found: &Published) -> ArticleRef {
    ArticleRef {
        url: found.elsewhere.as_ref().map_or_else(|| found.path(), ToString::to_string),
        kicker: found.article.kicker.as_ref().map(ToString::to_string),
        headline: found.article.headline.to_string(),
    }
}

/// A page of a thread to be shown.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub sort: Sort,
    pub after: Option<Bookmark>,
    /// Who looks; nobody on pages that everybody shares.
    pub reader: Option<ReaderId>,
}

/// The first comments, for the article's own page.
pub(crate) async fn first_view(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    now: Time,
) -> Result<ThreadView, Failure> {
    let asked = Asked { sort: Sort::default(), after: None, reader: None };
    let mut page = forum::page(tx, found.id, asked.sort, None, ON_ARTICLE as i64).await?;
    let mut shown = 0;
    let fits = page.conversations.iter().take_while(|conversation| {
        shown += 1 + conversation.replies.len();
        shown <= ON_ARTICLE
    });
    let fits = fits.count().max(1);
    if fits < page.conversations.len() {
        page.conversations.truncate(fits);
        page.next = page.conversations.last().map(|last| last.top.bookmark(asked.sort));
    }
    view(tx, paper, found, page, asked, now).await
}

/// A page of a thread.
pub(crate) async fn thread_view(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    asked: Asked,
    now: Time,
) -> Result<ThreadView, Failure> {
    let page = forum::page(tx, found.id, asked.sort, asked.after, ON_PAGE).await?;
    view(tx, paper, found, page, asked, now).await
}

/// The comments of a thread that hold some words, latest first, of those before `before`.
pub(crate) async fn search_view(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    words: &str,
    before: Option<CommentId>,
    now: Time,
) -> Result<ThreadView, Failure> {
    let mut comments = forum::search(tx, found.id, words, before, ON_PAGE + 1).await?;
    let more = comments.len() as i64 > ON_PAGE;
    comments.truncate(ON_PAGE as usize);
    let last = comments.last().map(|last| last.id);
    let page = forum::Page { conversations: Vec::new(), next: None };
    let asked = Asked { sort: Sort::Newest, after: None, reader: None };
    let mut view = view(tx, paper, found, page, asked, now).await?;
    let all: Vec<&Comment> = comments.iter().collect();
    let looking = Looking::at(tx, paper, found, &all, None, now).await?;
    view.comments = comments.iter().map(|comment| looking.comment(comment)).collect();
    let query = percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC);
    view.older = last.filter(|_| more).map(|last| format!("{}?q={query}&before={last}", view.url));
    view.newer = before.map(|_| format!("{}?q={query}", view.url));
    view.sorts.iter_mut().for_each(|tab| tab.current = false);
    view.featured = None;
    view.searched = Some(words.to_owned());
    // What arrives now may not hold the words: it is not announced here.
    view.live = None;
    Ok(view)
}

/// The same of a page that was read already.
pub(crate) async fn view(
    tx: &mut Tx,
    paper: &Paper,
    found: &Published,
    page: forum::Page,
    asked: Asked,
    now: Time,
) -> Result<ThreadView, Failure> {
    let url = thread_path(found);
    let all: Vec<&Comment> =
        page.conversations.iter().flat_map(|c| std::iter::once(&c.top).chain(&c.replies)).collect();
    let looking = Looking::at(tx, paper, found, &all, asked.reader, now).await?;
    let featured = match looking.featured.first().filter(|_| asked.after.is_none()) {
        Some(id) => forum::comment(tx, *id).await?.map(|comment| looking.comment(&comment)),
        None => None,
    };
    let follows = match asked.reader {
        Some(reader) => Some(forum::follows_thread(tx, reader, found.id).await?),
        None => None,
    };
    let count = forum::threads(tx, &[found.id]).await?.first().map_or(0, |thread| thread.comments);
    Ok(ThreadView {
        day: Some(found.published),
        live: Some(format!("{url}/live")),
        count: unsigned(count),
        state: thread_state(paper, &Subject::from(found), now),
        notice: standing_notice(paper),
        featured,
        comments: page.conversations.iter().map(|conversation| looking.conversation(conversation)).collect(),
        older: page.next.map(|next| page_url(&url, asked.sort, Some(next))),
        newer: asked.after.map(|_| page_url(&url, asked.sort, None)),
        sorts: sorts(&url, asked.sort),
        searched: None,
        follows,
        form: Some(CommentForm {
            action: url.clone(),
            longest: Body::LONGEST as u32,
            ..CommentForm::default()
        }),
        url,
    })
}

/// The address of a page of a thread.
pub(crate) fn page_url(url: &str, sort: Sort, after: Option<Bookmark>) -> String {
    let order = (sort != Sort::Newest).then(|| format!("sort={}", sort.as_str()));
    let asked: Vec<String> = order.into_iter().chain(after.map(|after| format!("before={after}"))).collect();
    if asked.is_empty() { url.to_owned() } else { format!("{url}?{}", asked.join("&")) }
}

/// The page of a thread on which a comment stands, at its conversation.
pub(crate) fn page_at(found: &Published, page: Option<Bookmark>, comment: &Comment) -> String {
    let root = comment.root.unwrap_or(comment.id);
    format!("{}#c{root}", page_url(&thread_path(found), Sort::Newest, page))
}

fn sorts(url: &str, current: Sort) -> Vec<SortTab> {
    [
        (Sort::Newest, theme::Sort::Newest),
        (Sort::Best, theme::Sort::Best),
        (Sort::MostDiscussed, theme::Sort::Discussed),
        (Sort::Oldest, theme::Sort::Oldest),
    ]
    .into_iter()
    .map(|(sort, shown)| SortTab { sort: shown, url: page_url(url, sort, None), current: sort == current })
    .collect()
}

/// Whether one can write now under this article.
pub(crate) fn thread_state(paper: &Paper, subject: &Subject, now: Time) -> ThreadState {
    let timetable = paper.hours.current();
    let since = timetable.of_section(&subject.section).closed_since(now);
    shown_state(timetable.state(subject, now), since)
}

/// Whether one can write now, in general.
pub(crate) fn state_in_general(paper: &Paper, now: Time) -> ThreadState {
    let timetable = paper.hours.current();
    shown_state(timetable.in_general(now), timetable.paper().closed_since(now))
}

fn shown_state(state: State, closed_since: Option<Time>) -> ThreadState {
    let (until, reason, waits) = match state {
        State::Open { until } => return ThreadState::Open { until },
        State::Waiting { until, reason } => (until, reason, true),
        State::Closed { until, reason } => (until, reason, false),
    };
    let of_the_desk = |reason: &str, note: Option<Line>| Why::Desk {
        reason: reason.to_owned(),
        note: note.map(|note| note.to_string()),
    };
    let (since, why) = match reason {
        Reason::Ended { at } => return ThreadState::Ended { at: Some(at) },
        Reason::Night => (closed_since, Why::Hours),
        Reason::Holiday(holiday) => (closed_since, Why::Holiday { key: holiday.key().to_owned() }),
        Reason::Exception(note) => (closed_since, of_the_desk("day", note)),
        Reason::Always => (closed_since, of_the_desk("day", None)),
        Reason::Desk { why, note, since } => (Some(since), of_the_desk(why.key(), note)),
    };
    if waits { ThreadState::Waiting { until, why } } else { ThreadState::Closed { since, until, why } }
}

/// What the house says under every thread, with its links.
pub(crate) fn standing_notice(paper: &Paper) -> Html {
    let language = paper.house.language;
    let (rules, report) = if language.is_german() {
        ("Hausregeln", "Meldestelle")
    } else {
        ("house rules", "reporting office")
    };
    let mut html = String::from("<p>");
    for piece in paper.rules.standing(language) {
        match piece {
            Piece::Words(words) => html.push_str(&escaped(words)),
            Piece::Rules => html.push_str(&format!("<a href=\"/rules\">{rules}</a>")),
            Piece::Report => html.push_str(&format!("<a href=\"/report\">{report}</a>")),
        }
    }
    html.push_str("</p>");
    Html(html)
}

/// Plain text as markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    ::edition::escape(text, &mut html);
    html
}

/// Everything needed to show some comments of one article to somebody.
pub(crate) struct Looking<'a> {
    paper: &'a Paper,
    authors: &'a [Line],
    reader: Option<ReaderId>,
    /// Whether whoever looks works at the community desk.
    judges: bool,
    /// Whether one can write now, where all comments are of one article.
    is_open: bool,
    company: HashMap<ReaderId, Company>,
    decisions: HashMap<i64, Decision>,
    votes: HashMap<CommentId, Vote>,
    featured: Vec<CommentId>,
    now: Time,
}

impl<'a> Looking<'a> {
    /// Reads what these comments need besides themselves: decisions about removed ones, and the votes of whoever looks.
    pub(crate) async fn at(
        tx: &mut Tx,
        paper: &'a Paper,
        found: &'a Published,
        comments: &[&Comment],
        reader: Option<ReaderId>,
        now: Time,
    ) -> Result<Looking<'a>, Failure> {
        let looking = Looking::under(tx, paper, &found.article.authors, comments, reader, now).await?;
        Ok(Looking {
            is_open: paper.hours.current().state(&Subject::from(found), now).is_open(),
            featured: forum::featured(tx, found.id).await?,
            ..looking
        })
    }

    /// The same for comments of several articles, with the names of nobody above them.
    pub(crate) async fn under(
        tx: &mut Tx,
        paper: &'a Paper,
        authors: &'a [Line],
        comments: &[&Comment],
        reader: Option<ReaderId>,
        now: Time,
    ) -> Result<Looking<'a>, Failure> {
        let removed: Vec<DecisionId> = comments
            .iter()
            .filter_map(|comment| match comment.words {
                Words::Removed { decision, .. } => Some(DecisionId(decision)),
                Words::Here(_) | Words::TakenBack { .. } => None,
            })
            .collect();
        let decisions = moderation::decisions(tx, &removed).await?;
        let (mut votes, mut company, mut judges) = (Vec::new(), HashMap::new(), false);
        if let Some(reader) = reader {
            let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
            votes = forum::votes_of(tx, reader, &ids).await?;
            let people: BTreeSet<i64> = comments.iter().map(|comment| comment.author.0).collect();
            let people: Vec<ReaderId> = people.into_iter().map(ReaderId).collect();
            company = reader::company_among(tx, reader, &people).await?;
            judges = reader::by_id(tx, reader).await?.is_some_and(|reader| reader.role >= Role::Moderator);
        }
        Ok(Looking {
            paper,
            authors,
            reader,
            judges,
            is_open: false,
            company,
            featured: Vec::new(),
            decisions: decisions.into_iter().map(|decision| (decision.id.0, decision)).collect(),
            votes: votes.into_iter().collect(),
            now,
        })
    }

    /// A comment at the top with its first replies and the others folded.
    pub(crate) fn conversation(&self, conversation: &Conversation) -> CommentView {
        let Conversation { top, replies } = conversation;
        let mut view = self.comment(top);
        view.replies = replies.iter().map(|reply| self.comment(reply)).collect();
        let last = replies.last().map_or(0, |reply| reply.place);
        let more = top.replies - replies.len() as i64;
        view.folded = top.latest_reply.filter(|_| more > 0).map(|latest| Folded {
            count: unsigned(more),
            latest,
            url: format!("{}/replies?after={last}", top.address()),
        });
        view
    }

    /// A comment by itself.
    pub(crate) fn comment(&self, comment: &Comment) -> CommentView {
        let (text, removed) = match &comment.words {
            Words::Here(body) => (Html(forum::markup::html(body)), None),
            Words::Removed { decision, .. } => (Html::default(), Some(self.removed(*decision))),
            Words::TakenBack { .. } => (Html::default(), Some(RemovedView { clause: None, title: None })),
        };
        let company = self.company.get(&comment.author);
        let own = self.reader == Some(comment.author);
        CommentView {
            id: comment.id.0,
            name: comment.name.clone(),
            by: comment.author.0,
            badge: self.badge(comment),
            verified: comment.is_verified,
            at: comment.at,
            edited: comment.edited,
            text,
            up: unsigned(comment.up),
            down: unsigned(comment.down),
            reply_to: comment
                .answers
                .as_ref()
                .zip(comment.parent)
                .map(|(name, parent)| Link::new(format!("/comments/{parent}"), name)),
            replies: Vec::new(),
            folded: None,
            removed,
            featured: self.featured.contains(&comment.id),
            voted: self.votes.get(&comment.id).map(|vote| match vote {
                Vote::Up => VoteView::Up,
                Vote::Down => VoteView::Down,
            }),
            own,
            personal: self.reader.map(|_| Personal {
                follows: company == Some(&Company::Follows),
                ignores: company == Some(&Company::Ignores),
                changes: own
                    && forum::is_changeable(comment.at, self.paper.talk.change_minutes, self.now)
                    && self.is_open,
                judges: self.judges,
            }),
        }
    }

    fn removed(&self, decision: i64) -> RemovedView {
        let clause = self.decisions.get(&decision).and_then(|decision| decision.clause.clone());
        let title = clause.as_deref().map(|id| self.paper.clause_title(id));
        RemovedView { clause, title }
    }

    /// Who of the newsroom has a name that stands over the article wrote it; nobody else can have that name.
    fn badge(&self, comment: &Comment) -> Option<Badge> {
        let wrote_it = self.authors.iter().any(|author| author.as_str() == comment.name);
        match badge(self.paper, comment.role, comment.since, self.now) {
            Some(Badge::Staff) if wrote_it => Some(Badge::Author),
            badge => badge,
        }
    }
}

/// What somebody is, wherever they write.
pub(crate) fn badge(paper: &Paper, role: Role, since: Time, now: Time) -> Option<Badge> {
    match role {
        Role::Editor | Role::Administrator => Some(Badge::Staff),
        Role::Moderator => Some(Badge::Moderator),
        Role::Reader => {
            let year = |at: Time| paper.house.zone.to_datetime(at.timestamp()).date();
            let (since, today): (Date, Date) = (year(since), year(now));
            (today.year() - since.year() >= OLD_HANDS).then(|| Badge::Since { year: since.year() })
        }
    }
}

/// The comment a form answers.
pub(crate) fn reply_to(comment: &Comment) -> Option<ReplyTo> {
    match &comment.words {
        Words::Here(body) => {
            Some(ReplyTo { id: comment.id.0, name: comment.name.clone(), words: body.first_words(80) })
        }
        Words::Removed { .. } | Words::TakenBack { .. } => None,
    }
}

/// How many comments these articles have.
pub(crate) async fn counts(tx: &mut Tx, ids: &[ArticleId]) -> Result<HashMap<ArticleId, u64>, Failure> {
    let threads = forum::threads(tx, ids).await?;
    Ok(threads.into_iter().map(|thread| (thread.article, unsigned(thread.comments))).collect())
}

/// Counts are never negative; a page shows nothing worse than 0.
pub(crate) fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
