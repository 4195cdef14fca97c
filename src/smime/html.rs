//! HTML as text. Nothing is loaded, nothing is run; one pass over the tags, without a tree.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::open::LEGACY_DISPLAY as CLASS;

/// Quotes deeper than this look like this one.
const QUOTES: usize = 8;

/// Bytes of an address that is shown.
const ADDRESS: usize = 1000;

/// The text of an HTML document, at most about `limit` bytes, and whether something was left out for that. Links show where they lead if
/// that is the web or a mail address, and if their text does not say so already; pictures show their description. A legacy display
/// element at the start (RFC 9788 §4.5.3.3) is left out if `is_repeated` knows its text.
pub(super) fn to_text(html: &str, limit: usize, is_repeated: &dyn Fn(&str) -> bool) -> (String, bool) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut text = Text { limit, ..Text::default() };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => text.open(&tag),
            Token::EndTag(tag) => {
                text.close(&tag.name);
                text.end_element(&tag.name, is_repeated);
            }
            Token::String(piece) => text.words(&String::from_utf8_lossy(&piece)),
            _ => {}
        }
        if text.full {
            break;
        }
    }
    text.finish()
}

#[derive(Default)]
struct Text {
    out: String,
    limit: usize,
    full: bool,
    /// Line ends that stand before the next word.
    lines: usize,
    /// A blank stands before the next word.
    blank: bool,
    /// Depth of `pre`.
    verbatim: usize,
    /// Depth of `blockquote`.
    quotes: usize,
    /// Depth of `svg` and `math`.
    foreign: usize,
    /// The element whose text is not shown.
    hidden: Option<Vec<u8>>,
    /// Where the open link leads, and where its text begins.
    link: Option<(String, usize)>,
    /// How deep elements of its kind lie in the open legacy display element.
    element: Option<usize>,
}

impl Text {
    fn open(&mut self, tag: &StartTag<()>) {
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
        if tag.name.as_slice() == b"div" && !tag.self_closing {
            let starts = || self.out.is_empty() && attribute(b"class").is_some_and(|class| class.trim() == CLASS);
            match &mut self.element {
                Some(depth) => *depth += 1,
                None if starts() => self.element = Some(0),
                None => {}
            }
        }
        match tag.name.as_slice() {
            b"script" | b"style" | b"title" | b"iframe" | b"noembed" | b"noframes" => {
                // In drawings and formulas an element may end itself, and what follows is shown.
                if !(tag.self_closing && self.foreign > 0) {
                    self.hidden = Some(tag.name.to_vec());
                }
            }
            b"svg" | b"math" if !tag.self_closing => self.foreign += 1,
            b"br" => self.lines = (self.lines + 1).min(3),
            b"hr" => {
                self.break_lines(1);
                self.word("----------");
                self.break_lines(1);
            }
            b"li" => {
                self.break_lines(1);
                self.word("-");
                self.blank = true;
            }
            b"td" | b"th" => self.blank = true,
            b"img" => {
                if let Some(alt) = attribute(b"alt").filter(|alt| !alt.trim().is_empty()) {
                    self.words(&format!(" [{}] ", alt.trim()));
                }
            }
            b"a" => {
                self.end_link();
                self.link = attribute(b"href").and_then(|href| address(&href)).map(|href| (href, self.out.len()));
            }
            b"pre" => {
                self.break_lines(2);
                self.verbatim += 1;
            }
            b"blockquote" => {
                self.break_lines(2);
                self.quotes += 1;
            }
            name => self.break_lines(lines_around(name)),
        }
    }

    fn close(&mut self, name: &[u8]) {
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
            return;
        }
        match name {
            b"svg" | b"math" => self.foreign = self.foreign.saturating_sub(1),
            b"a" => self.end_link(),
            b"pre" => {
                self.verbatim = self.verbatim.saturating_sub(1);
                self.break_lines(2);
            }
            b"blockquote" => {
                self.quotes = self.quotes.saturating_sub(1);
                self.break_lines(2);
            }
            name => self.break_lines(lines_around(name)),
        }
    }

    /// Takes back what stands in a legacy display element that ends here, if it is known.
    fn end_element(&mut self, name: &[u8], is_repeated: &dyn Fn(&str) -> bool) {
        if name != b"div" {
            return;
        }
        match &mut self.element {
            Some(0) => {
                self.element = None;
                if is_repeated(&self.out) {
                    self.out.clear();
                }
            }
            Some(depth) => *depth -= 1,
            None => {}
        }
    }

    fn words(&mut self, piece: &str) {
        if self.hidden.is_some() {
            return;
        }
        if self.verbatim > 0 {
            for (index, line) in piece.split('\n').enumerate() {
                if index > 0 {
                    self.lines += 1;
                }
                if !line.is_empty() {
                    self.word(line);
                }
            }
            return;
        }
        let space = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        for (index, word) in piece.split(space).enumerate() {
            self.blank |= index > 0;
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    /// Writes what stands before it, and it.
    fn word(&mut self, word: &str) {
        if self.out.is_empty() {
            self.lines = 0;
        }
        if self.lines > 0 || self.out.is_empty() {
            for _ in 0..self.lines {
                self.out.push('\n');
            }
            for _ in 0..self.quotes.min(QUOTES) {
                self.out.push_str("> ");
            }
        } else if self.blank && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        (self.lines, self.blank) = (0, false);
        self.out.push_str(word);
        self.full = self.out.len() > self.limit;
    }

    fn break_lines(&mut self, lines: usize) {
        self.lines = self.lines.max(lines);
    }

    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let text = self.out.get(start..).unwrap_or_default().trim();
        let bare = address.strip_prefix("mailto:").unwrap_or(&address);
        if text != address && text != bare {
            self.blank = true;
            self.word(&format!("<{bare}>"));
        }
    }

    fn finish(mut self) -> (String, bool) {
        if self.full {
            self.out.truncate(self.out.floor_char_boundary(self.limit));
        }
        (self.out, self.full)
    }
}

/// Line ends around an element: 2 leave a line free.
fn lines_around(name: &[u8]) -> usize {
    match name {
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"ul" | b"ol" | b"dl" | b"table" | b"figure" => 2,
        b"div" | b"tr" | b"li" | b"dt" | b"dd" | b"section" | b"article" | b"header" | b"footer" | b"address"
        | b"form" | b"center" | b"nav" | b"main" | b"aside" | b"details" | b"summary" | b"fieldset" | b"body"
        | b"caption" | b"figcaption" | b"option" => 1,
        _ => 0,
    }
}

/// An address that may be shown: the web's or a mailbox's.
fn address(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|character| !character.is_control()).collect();
    let scheme = href.split_once(':')?.0.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "mailto") || href.contains(char::is_whitespace) {
        return None;
    }
    let shown = href.get(..href.floor_char_boundary(ADDRESS))?;
    Some(if shown.len() < href.len() { format!("{shown}…") } else { href })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A letter in HTML reads like one in plain text, and says where its links lead.
    #[test]
    fn structure_becomes_lines() {
        for (html, expected) in [
            ("<p>Dear  Bob,</p>\r\n<p>at\nnoon.<br>Alice</p>", "Dear Bob,\n\nat noon.\nAlice"),
            ("a<b>b</b>c &amp; &euro;&nbsp;5 &lt;x>", "abc & €\u{a0}5 <x>"),
            ("<ul><li>one<li>two</ul>end", "- one\n- two\n\nend"),
            ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"),
            ("<blockquote>said<br>more</blockquote>me", "> said\n> more\n\nme"),
            ("<pre>a  b\n c</pre>", "a  b\n c"),
            ("<a href='https://example.org/x'>look</a>!", "look <https://example.org/x>!"),
            ("<a href='https://example.org'>https://example.org</a>", "https://example.org"),
            ("<a href='mailto:a@example.org'>a@example.org</a>", "a@example.org"),
            ("<a href=' JAVAscript:alert(1)'>look</a> <a href='data:x,y'>there</a>", "look there"),
            ("<img src='http://tracker' alt='a seal'><img src=x>", "[a seal]"),
            ("<head><title>t</title><style>p{}</style></head><script>1<2</script>text<!-- no -->", "text"),
            ("<iframe src=x>no</iframe>after", "after"),
        ] {
            assert_eq!(to_text(html, 1000, &|_| false).0, expected, "{html}");
        }
    }

    /// A legacy display element is left out where it says what is known, at the start alone, and only itself.
    #[test]
    fn legacy_display_elements_are_left_out() {
        let element =
            |text: &str| format!("<div class=\"header-protection-legacy-display\">\n<pre>{text}</pre>\n</div>");
        let known = |text: &str| text.trim() == "Subject: Dinner";
        for (html, expected) in [
            (format!("<html><head><title>t</title></head><body>\n{}<p>At 8.</p>", element("Subject: Dinner")), "At 8."),
            (format!("{}<p>At 8.</p>", element("Subject: Lunch")), "Subject: Lunch\n\nAt 8."),
            (format!("<p>At 8.</p>{}", element("Subject: Dinner")), "At 8.\n\nSubject: Dinner"),
            (
                format!("{}{}", element("<div>x</div>Subject: Dinner"), element("Subject: Dinner")),
                "x\nSubject: Dinner\n\nSubject: Dinner",
            ),
            ("<div class=header-protection-legacy-display>Subject: Dinner".to_owned(), "Subject: Dinner"),
        ] {
            assert_eq!(to_text(&html, 1000, &known).0, expected, "{html}");
        }
    }

    /// The limit holds, and is said.
    #[test]
    fn long_documents_are_cut() {
        let (text, cut) = to_text(&"<p>ää".repeat(1000), 100, &|_| false);
        assert!(cut && text.len() <= 100 && text.len() > 90, "{}", text.len());
        assert!(!to_text("short", 100, &|_| false).1);
    }

    /// Deep nesting and endless tags cost no more than their bytes.
    #[test]
    fn hostile_documents_are_only_long() {
        for html in ["<blockquote>".repeat(100_000), "<a href=".repeat(100_000), "<a href='http://x'>".repeat(50_000)] {
            let (text, _) = to_text(&(html + "x"), 1_000_000, &|_| false);
            assert!(text.len() <= 1_000_000);
        }
    }

    proptest! {
        /// Whatever stands in it, it is turned into text.
        #[test]
        fn every_document_is_read(html in "(<[a-z!/]{0,4}[a-z]{0,9}( [a-z]{1,4}=[\"']?[a-z:/&;#]{0,9}[\"']?)?[ />]{0,2}|[ -~\u{e4}]{0,9}|&[#a-z0-9]{0,9};?){0,40}") {
            let (text, _) = to_text(&html, 200, &|_| false);
            prop_assert!(text.len() <= 200);
        }
    }
}
