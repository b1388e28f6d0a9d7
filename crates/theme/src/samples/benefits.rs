//! Offers, draws and codes that do not exist.

use story::Language;

use super::{NOW, ago, frame, html, own_frame, picture};
use crate::pages::{
    BenefitsPage, CardCheck, CardPage, CardView, Choice, DeskBenefitPage, DeskBenefitsPage, DeskDrawRow,
    DeskMember, DeskMembersPage, DeskPartner, DrawPage, DrawState, EntryView, FormField, HeldCode, HeldOffer,
    ImportReport, Kind, Link, OfferNumbers, OfferPage, OfferState, OfferTeaser, OfferView, OutcomeView,
    PartnerOfferPage, PartnerPage, PlaceView, Say, SpentView, TermsPage, TypedMember, TypedPartner,
    VoucherState, VoucherView,
};

fn teasers() -> Vec<OfferTeaser> {
    let one = |kicker: &str, headline: &str, state: OfferState| OfferTeaser {
        url: "/benefits/theater".into(),
        kicker: kicker.into(),
        headline: headline.into(),
        picture: Some(picture("buehne")),
        state,
    };
    vec![
        one("Bühne", "Zwei Karten zum Preis von einer", OfferState::Left { n: 1 }),
        one("Genuss & <Wein>", "Sechs Flaschen, eine geschenkt", OfferState::Until { at: ago(-90_000) }),
        OfferTeaser { picture: None, ..one("Alltag", "Wintercheck fürs Rad", OfferState::Gone) },
    ]
}

pub(crate) fn overview(language: Language) -> Vec<(&'static str, BenefitsPage)> {
    let choice = |name: &str, current| Choice { url: "/benefits".into(), name: name.into(), current };
    let page = BenefitsPage {
        frame: frame(language, Kind::Page, "Vorteile"),
        offers: teasers(),
        draws: vec![OfferTeaser { state: OfferState::Drawn, ..teasers().remove(1) }],
        regions: vec![choice("", true), choice("Tannfeld", false)],
    };
    let bare = BenefitsPage { offers: Vec::new(), draws: Vec::new(), regions: Vec::new(), ..page.clone() };
    vec![("benefits", page), ("benefits-bare", bare)]
}

fn voucher(state: VoucherState) -> VoucherView {
    VoucherView {
        url: "/benefits/theater".into(),
        partner: "Bühne Tannfeld <Kassa>".into(),
        short: "2 für 1 · „Der Nachtzug“".into(),
        tier: "Abo".into(),
        until: ago(-37_000),
        left: Some(34),
        stock: Some(200),
        per_member: 1,
        per_days: None,
        state,
        codes: Vec::new(),
        scanned: true,
    }
}

pub(crate) fn offer(language: Language) -> Vec<(&'static str, OfferPage)> {
    let page = OfferPage {
        frame: frame(language, Kind::Page, "Zwei Karten zum Preis von einer"),
        offer: OfferView {
            url: "/benefits/theater".into(),
            kicker: "Bühne".into(),
            headline: "Zwei Karten zum Preis von einer".into(),
            lead: "Die Bühne Tannfeld spielt „Der Nachtzug“. Mitglieder bringen jemanden mit.".into(),
            picture: Some(picture("buehne")),
            valid: "für alle Vorstellungen, außer Premieren".into(),
            redeem: "an der Kassa".into(),
            partner: "Bühne Tannfeld <Kassa>".into(),
            region: Some("Tannfeld".into()),
            text: "Ein Abend & ein <Nachtzug>.\n\nMit Pause.".into(),
            terms: "/benefits/theater/terms".into(),
            withdrawn: None,
        },
        voucher: voucher(VoucherState::Everybody),
        more: teasers(),
        all: 14,
        notice: None,
    };
    let code = HeldCode {
        code: "DON-47K92M".into(),
        at: NOW,
        spent: None,
        scan: Some("https://marktbote.example/benefits/partner?code=DON-47K92M".into()),
        back: Some(Link::new("/benefits/theater/returns", "7")),
    };
    let mine = |state, codes| OfferPage {
        frame: own_frame(language, Kind::Page, "Zwei Karten zum Preis von einer"),
        voucher: VoucherView { codes, per_days: Some(7), ..voucher(state) },
        ..page.clone()
    };
    let had = || VoucherState::No { why: Say::new("say-benefit-had-again").text("again", "1. Dezember") };
    let spent = HeldCode { spent: Some(ago(5)), back: None, scan: None, ..code.clone() };
    let mut gone = page.clone();
    gone.offer.withdrawn = Some((ago(30), "Das Haus hat <Umbau>.".into()));
    gone.voucher.state = VoucherState::No { why: Say::new("say-benefit-over") };
    gone.voucher.left = Some(0);
    gone.more.clear();
    vec![
        ("offer-mine", mine(had(), vec![code])),
        ("offer-ready", mine(VoucherState::Ready, vec![spent])),
        ("offer-stranger", mine(VoucherState::Stranger, Vec::new())),
        ("offer-withdrawn", gone),
        ("offer", page),
    ]
}

pub(crate) fn card(language: Language) -> Vec<(&'static str, CardPage)> {
    let page = CardPage {
        frame: own_frame(language, Kind::Page, "Mitgliedskarte"),
        name: "Ulla <Berger>".into(),
        card: Some(CardView {
            number: "0471 123 458".into(),
            tier: Some("Abo".into()),
            since: ago(400_000),
            until: Some(ago(-40_000)),
            scan: "https://marktbote.example/benefits/partner?card=0471123458".into(),
        }),
        held: vec![
            HeldOffer {
                offer: Link::new("/benefits/theater/mine", "2 für 1"),
                partner: "Bühne Tannfeld".into(),
                until: ago(-5_000),
                spent: None,
            },
            HeldOffer {
                offer: Link::new("/benefits/wein/mine", "6 + 1"),
                partner: "Weingut <Ried>".into(),
                until: ago(-5_000),
                spent: Some(ago(70)),
            },
        ],
        number: String::new(),
        error: None,
        notice: Some(Say::new("say-benefit-claimed")),
    };
    let over = CardPage {
        card: page.card.clone().map(|card| CardView { tier: None, ..card }),
        notice: None,
        ..page.clone()
    };
    let none = CardPage {
        card: None,
        held: Vec::new(),
        number: "A-<1>".into(),
        error: Some(Say::new("say-benefit-no-number")),
        ..page.clone()
    };
    vec![("card", page), ("card-over", over), ("card-none", none)]
}

pub(crate) fn terms(language: Language) -> Vec<(&'static str, TermsPage)> {
    let page = TermsPage {
        frame: frame(language, Kind::Page, "Teilnahmebedingungen"),
        of: Link::new("/benefits/theater", "Zwei Karten & mehr"),
        body: html("<p>Ein Code je Mitglied.</p><h2>Wann</h2><p>Bis Dezember.</p>"),
        version: 1,
        since: ago(9_000),
        is_old: true,
        versions: vec![
            (Link::new("/benefits/theater/terms/2", "2"), ago(100)),
            (Link::new("/benefits/theater/terms/1", "1"), ago(9_000)),
        ],
    };
    vec![("benefit-terms", page)]
}

fn outcome() -> OutcomeView {
    let place = |place, name: Option<&str>, declined| PlaceView {
        place,
        number: 4711 + place,
        name: name.map(str::to_owned),
        declined,
        wins: place < 3,
        told: Some(ago(10)),
    };
    OutcomeView {
        seed: "00ff".repeat(16),
        list_hash: "ab12".repeat(16),
        list: "/benefits/draws/huette/entries.txt".into(),
        entries: 10_000,
        at: ago(60),
        places: vec![place(1, Some("Ulla <Berger>"), false), place(2, None, true), place(3, None, false)],
        is_unchanged: true,
    }
}

pub(crate) fn draw(language: Language) -> Vec<(&'static str, DrawPage)> {
    let page = DrawPage {
        frame: frame(language, Kind::Page, "Drei Wochenenden in der Hütte"),
        url: "/benefits/draws/huette".into(),
        kicker: "Berge".into(),
        headline: "Drei Wochenenden in der Hütte".into(),
        lead: "Mit Frühstück & <Aussicht>.".into(),
        prize: "ein Wochenende für zwei".into(),
        picture: Some(picture("huette")),
        region: Some("Mühltal".into()),
        tier: None,
        closes: ago(-5_000),
        winners: 3,
        substitutes: 2,
        terms: "/benefits/draws/huette/terms".into(),
        commitment: "12ab".repeat(16),
        cancelled: None,
        state: DrawState::Everybody,
        outcome: None,
        notice: None,
    };
    let entry = |place, wins| EntryView {
        number: 17,
        ticket: "00ff00ff00ff00ff".into(),
        shows_name: wins,
        place,
        wins,
    };
    let mine = |state, outcome| DrawPage {
        frame: own_frame(language, Kind::Page, "Drei Wochenenden in der Hütte"),
        state,
        outcome,
        ..page.clone()
    };
    let changed = OutcomeView { is_unchanged: false, places: Vec::new(), ..outcome() };
    vec![
        ("draw-ready", mine(DrawState::Ready, None)),
        ("draw-stranger", DrawPage { tier: Some("Abo".into()), ..mine(DrawState::Stranger, None) }),
        ("draw-entered", mine(DrawState::Entered { entry: entry(None, false) }, None)),
        ("draw-won", mine(DrawState::Entered { entry: entry(Some(1), true) }, Some(outcome()))),
        ("draw-stands-by", mine(DrawState::Entered { entry: entry(Some(4), false) }, Some(outcome()))),
        ("draw-lost", mine(DrawState::Entered { entry: entry(None, false) }, Some(changed))),
        ("draw-over", mine(DrawState::No { why: Say::new("say-benefit-over") }, None)),
        ("draw-drawn", DrawPage { outcome: Some(outcome()), ..page.clone() }),
        (
            "draw-cancelled",
            DrawPage { cancelled: Some((ago(9), "Lawinen & <Schnee>".into())), ..page.clone() },
        ),
        ("draw", page),
    ]
}

fn numbers() -> OfferNumbers {
    OfferNumbers {
        offer: Link::new("/desk/benefits/offers/1", "Zwei Karten <zum> Preis von einer"),
        partner: "Bühne Tannfeld".into(),
        opens: ago(9_000),
        closes: ago(-9_000),
        stock: Some(200),
        left: Some(34),
        reserved: 166,
        spent: 120,
        undone: 1,
        returned: 3,
        table: "/desk/benefits/offers/1/codes.csv".into(),
        withdrawn: false,
    }
}

pub(crate) fn partner(language: Language) -> Vec<(&'static str, PartnerPage)> {
    let spent = |undone, undo: bool| SpentView {
        code: "DON-47K92M".into(),
        short: "2 für 1".into(),
        at: ago(1),
        undone,
        undo: undo.then(|| "/benefits/partner/redemptions/7/undoing".into()),
    };
    let page = PartnerPage {
        frame: own_frame(language, Kind::Page, "Codes einlösen"),
        partners: vec!["Bühne Tannfeld <Kassa>".into()],
        code: String::new(),
        error: None,
        done: Some(spent(None, true)),
        card: Some(CardCheck {
            number: "0471 123 458".into(),
            tier: Some("Abo".into()),
            until: Some(ago(-90)),
        }),
        recent: vec![spent(None, true), spent(Some(ago(0)), false)],
        offers: vec![numbers(), OfferNumbers { stock: None, left: None, withdrawn: true, ..numbers() }],
        notice: None,
    };
    let refused = PartnerPage {
        code: "DON-<1>".into(),
        error: Some(Say::new("say-benefit-spent").text("at", "gestern")),
        done: None,
        card: Some(CardCheck { number: "12".into(), tier: None, until: None }),
        recent: Vec::new(),
        notice: Some(Say::new("say-benefit-undone")),
        ..page.clone()
    };
    vec![("partner", page), ("partner-refused", refused)]
}

pub(crate) fn partner_offer(language: Language) -> Vec<(&'static str, PartnerOfferPage)> {
    let frame = own_frame(language, Kind::Page, "Zwei Karten");
    vec![("partner-offer", PartnerOfferPage { frame, numbers: numbers(), url: "/benefits/theater".into() })]
}

pub(crate) fn desk(language: Language) -> Vec<(&'static str, DeskBenefitsPage)> {
    let row = |name: &str, drawn, cancelled| DeskDrawRow {
        draw: Link::new("/desk/benefits/draws/1", name),
        closes: ago(-100),
        entries: 1234,
        drawn,
        cancelled,
    };
    let page = DeskBenefitsPage {
        frame: own_frame(language, Kind::Desk, "Vorteile"),
        offers: vec![
            numbers(),
            OfferNumbers { opens: ago(-50), ..numbers() },
            OfferNumbers { closes: ago(5), ..numbers() },
        ],
        draws: vec![row("Hütte <eins>", true, false), row("Karten", false, true), row("Ball", false, false)],
        partners: vec![DeskPartner {
            slug: "buehne".into(),
            name: "Bühne <Tannfeld>".into(),
            people: vec![Link::new("/desk/benefits/partners/1/people/2/end", "Ulla <Berger>")],
            action: "/desk/benefits/partners/1/people".into(),
        }],
        typed: TypedPartner::default(),
        wrong: None,
        notice: Some(Say::new("say-benefit-saved")),
        error: None,
    };
    let bare = DeskBenefitsPage {
        offers: Vec::new(),
        draws: Vec::new(),
        partners: Vec::new(),
        typed: TypedPartner { long: "Bühne <Tann>".into(), short: "bühne".into(), person: None },
        wrong: Some("slug".into()),
        notice: None,
        error: Some(Say::new("say-benefit-nobody")),
        ..page.clone()
    };
    vec![("desk-benefits", page), ("desk-benefits-bare", bare)]
}

pub(crate) fn desk_one(language: Language) -> Vec<(&'static str, DeskBenefitPage)> {
    let field = |name: &str, value: &str, kind, hint| FormField {
        name: name.into(),
        value: value.into(),
        kind,
        options: vec![Link::new("abo", "Abo"), Link::new("foerderer", "Förderer & <Freunde>")],
        hint,
        error: None,
    };
    let page = DeskBenefitPage {
        frame: own_frame(language, Kind::Desk, "Angebot"),
        headline: Some("Zwei Karten <zum> Preis von einer".into()),
        draw: false,
        url: Some("/benefits/theater".into()),
        action: Some("/desk/benefits/offers/1".into()),
        fields: vec![
            FormField {
                error: Some(Say::new("say-benefit-taken")),
                ..field("slug", "theater", "line", true)
            },
            field("text", "Ein <Abend>", "text", false),
            field("terms", "Ein Code je Mitglied.", "text", true),
            field("tier", "abo", "choice", true),
            field("opens", "2026-11-20T08:00", "moment", false),
            field("stock", "200", "number", true),
        ],
        numbers: Some(numbers()),
        codes: Some("/desk/benefits/offers/1/codes".into()),
        list: "A-1\nA-1".into(),
        refused: vec![(2, Say::new("say-code-twice").number("line", 1))],
        end: Some("/desk/benefits/offers/1/withdrawal".into()),
        why: "Das Haus <schließt>".into(),
        outcome: None,
        notice: None,
        error: Some(Say::new("say-benefit-field-at")),
    };
    let drawn = DeskBenefitPage {
        draw: true,
        action: None,
        numbers: None,
        codes: None,
        refused: Vec::new(),
        end: Some("/desk/benefits/draws/1".into()),
        outcome: Some(outcome()),
        error: None,
        ..page.clone()
    };
    let new = DeskBenefitPage {
        headline: None,
        draw: true,
        url: None,
        numbers: None,
        codes: None,
        refused: Vec::new(),
        end: None,
        error: None,
        ..page.clone()
    };
    vec![("desk-benefit", page), ("desk-draw", drawn), ("desk-draw-new", new)]
}

pub(crate) fn desk_members(language: Language) -> Vec<(&'static str, DeskMembersPage)> {
    let report = |refused| ImportReport { new: 12, changed: 1, unchanged: 300, refused };
    let page = DeskMembersPage {
        frame: own_frame(language, Kind::Desk, "Mitglieder"),
        tiers: vec![Link::new("abo", "Abo"), Link::new("foerderer", "Förderer & <Freunde>")],
        sought: "ul".into(),
        members: vec![DeskMember {
            id: 1,
            name: "Ulla <Berger>".into(),
            tier: "Abo".into(),
            until: Some(ago(-9_000)),
            why: "Gewinnspiel <Messe>".into(),
            end: "/desk/benefits/members/1/end".into(),
        }],
        report: Some(report(Vec::new())),
        table: String::new(),
        typed: TypedMember::default(),
        wrong: None,
        notice: None,
        error: None,
    };
    let refused = DeskMembersPage {
        report: Some(report(vec![(3, Say::new("say-table-tier").text("tier", "gold"))])),
        table: "number;postcode;tier;from;until\n<1>".into(),
        typed: TypedMember {
            until: "2020-01-01T00:00".into(),
            end: Some((1, "<aus>".into())),
            ..TypedMember::default()
        },
        wrong: Some("until".into()),
        ..page.clone()
    };
    let bare = DeskMembersPage {
        tiers: Vec::new(),
        members: Vec::new(),
        report: None,
        error: Some(Say::new("say-benefit-taken")),
        ..page.clone()
    };
    vec![("desk-members", page), ("desk-members-refused", refused), ("desk-members-bare", bare)]
}
