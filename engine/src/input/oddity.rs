//! Detects texts that were damaged before copydesk read them: empty, wrongly decoded, or still with HTML.
//!
//! Only clear cases are reported, at a cost below one instruction per byte of clean text.

use memchr::{memchr, memchr_iter, memchr2_iter, memmem};

use super::warning::{Warning, WarningKind};

/// Adds a warning for each problem of a text.
pub(super) fn look(text: &str, into: &mut Vec<Warning>) {
    let mut warn = |kind, message: String| into.push(Warning::new(kind, message));
    if text.trim().is_empty() {
        return warn(WarningKind::TextEmpty, "the text is empty".to_owned());
    }
    let bytes = text.as_bytes();
    if memchr(0, bytes).is_some() {
        let message = "the text has NUL characters: it may be a binary file or UTF-16";
        warn(WarningKind::TextNul, message.to_owned());
    }
    if !text.is_ascii() {
        if memmem::find(bytes, "\u{fffd}".as_bytes()).is_some() {
            let message = "the text has replacement characters (\u{fffd}): some characters were lost when it was decoded";
            warn(WarningKind::TextReplacement, message.to_owned());
        }
        if let Some(found) = mojibake(text) {
            let message =
                format!("the text has {found:?}: it is UTF-8 that was decoded as Windows-1252 or Latin-1");
            warn(WarningKind::TextMojibake, message);
        }
    }
    if let Some(found) = html(text) {
        warn(
            WarningKind::TextHtml,
            format!("the text has HTML in it, such as {found}: extract the plain text first"),
        );
    }
}

/// The first characters that are the UTF-8 bytes of a single character, each decoded as a character of its own: "â€™" for ’,
/// "Ã©" for é, "Â£" for £.
fn mojibake(text: &str) -> Option<&str> {
    // All of these begin with â, Ã or Â, which are encoded with this byte.
    memchr_iter(0xc3, text.as_bytes()).find_map(|at| {
        let rest = text.get(at..)?;
        let mut letters = rest.chars();
        let (first, second) = (letters.next()?, letters.next()?);
        let found = match first {
            'â' => matches!(second, '€' | '\u{80}'),
            'Ã' | 'Â' => matches!(second, '\u{80}'..='\u{bf}'),
            _ => false,
        };
        let third = if first == 'â' { letters.next().map_or(0, char::len_utf8) } else { 0 };
        found.then(|| &rest[..first.len_utf8() + second.len_utf8() + third])
    })
}

/// Elements of web pages. A text about HTML names few of them, and a formula none.
const ELEMENTS: [&str; 34] = [
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "tr",
    "ul",
];

/// Entities that stand for characters of plain text.
const ENTITIES: [&str; 14] = [
    "amp", "apos", "copy", "gt", "hellip", "ldquo", "lsquo", "lt", "mdash", "nbsp", "ndash", "quot", "rdquo",
    "rsquo",
];

/// The first HTML tag or entity of a text.
fn html(text: &str) -> Option<&str> {
    memchr2_iter(b'<', b'&', text.as_bytes()).find_map(|at| {
        let rest = &text[at..];
        let end = if rest.starts_with('<') { tag(rest) } else { entity(rest) }?;
        rest.get(..end)
    })
}

/// The length of the tag at the start of the text, limited to what is worth showing.
fn tag(text: &str) -> Option<usize> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = inner.split_at(length);
    let known = length <= 10 && ELEMENTS.contains(&name.to_ascii_lowercase().as_str());
    // Attributes are recognised by a value: "<a href=".
    let attribute = after.starts_with(' ') && after.bytes().take(40).any(|byte| byte == b'=');
    let closed = after.starts_with('>') || after.trim_start().starts_with("/>");
    if !known || !(closed || attribute) {
        return None;
    }
    let name_end = text.len() - after.len();
    Some(if closed { name_end + after.find('>')? + 1 } else { name_end })
}

/// The length of the entity at the start of the text: `&amp;`, `&#8217;`, `&#x2019;`.
fn entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let number = |digits: &str| {
        let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |hex| (hex, 16));
        u32::from_str_radix(digits, radix).is_ok()
    };
    let known = match name.strip_prefix('#') {
        Some(digits) => number(digits),
        None => ENTITIES.contains(&name),
    };
    known.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        look(text, &mut warnings);
        warnings.iter().map(|warning| warning.kind.code()).collect()
    }

    #[test]
    fn odd_texts_are_reported() {
        for (text, code) in [
            ("", "text-empty"),
            (" \n\t\u{a0}", "text-empty"),
            ("The\0mayor", "text-nul"),
            ("The mayor\u{fffd}s plan", "text-replacement"),
            ("The mayorâ€™s plan", "text-mojibake"),
            ("â€œWe won,â€\u{9d} she said", "text-mojibake"),
            ("The mayorâ\u{80}\u{99}s plan", "text-mojibake"),
            ("A cafÃ© in Nordvik", "text-mojibake"),
            ("It cost Â£3", "text-mojibake"),
            ("It rained.<br>It snowed.", "text-html"),
            ("<p>The mayor resigned.</p>", "text-html"),
            ("See <a href=\"x\">this</a>", "text-html"),
            ("It rained.<BR/>", "text-html"),
            ("Berg &amp; Sons", "text-html"),
            ("The mayor&#8217;s plan", "text-html"),
            ("The mayor&#x2019;s plan", "text-html"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
    }

    #[test]
    fn clean_texts_are_not() {
        for text in [
            "The mayor’s plan cost £3 and a café au lait.",
            "Âge and Ântre, à São Paulo, in Ânia’s words: “Ça va.”",
            "a < b and b > c, and x <3 y",
            "AT&T and Marks & Spencer; R&D; Q&A; and",
            "The tag <blink> was a joke, and i<j.",
            "Price <10; weight &12;",
            "SÃO PAULO",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn messages_show_what_was_found() {
        let mut warnings = Vec::new();
        look("See <a href=\"x\">this</a>", &mut warnings);
        look("It cost Â£3", &mut warnings);
        assert_eq!(warnings[0].message, "the text has HTML in it, such as <a: extract the plain text first");
        assert_eq!(
            warnings[1].message,
            "the text has \"Â£\": it is UTF-8 that was decoded as Windows-1252 or Latin-1"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "([<>&;/# =a-z]|â|Ã|Â|€|br|amp|\\PC){0,60}") {
            look(&text, &mut Vec::new());
        }
    }
}
