//! The page around a report: one file that asks nothing of any network.

use super::markup::{Markup, all, tag};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Hashes of the two, for the page's security policy; a test says them anew when they are wrong.
const STYLE_HASH: &str = "sha256-MLDlD47K7MI/+OwcEvk+3YxhI2bTTuvv3QlwBNDSK8Y=";
const SCRIPT_HASH: &str = "sha256-0Cq6Eg6JVz9yHQvXjmEP/f4cJBa/G9w8BnFxa/zsoyw=";

/// A whole page; `contents` are links to its parts.
pub(super) fn page(title: &str, head: Markup, contents: Markup, main: Markup, foot: Markup) -> String {
    // Only this style and this script, and nothing from anywhere else, even if text got through as markup.
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    );
    let meta =
        |name: &'static str, content: &str| tag("meta").attr("name", name).attr("content", content).void();
    let header = all![
        tag("meta").attr("charset", "utf-8").void(),
        tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy).void(),
        meta("viewport", "width=device-width, initial-scale=1"),
        meta("color-scheme", "light dark"),
        meta("generator", concat!("outsort ", env!("CARGO_PKG_VERSION"))),
        meta("referrer", "no-referrer"),
        tag("title").holds(title),
        tag("style").holds(Markup::literal(STYLE)),
    ];
    let skip = tag("a").class("skip").attr("href", "#main").holds("Skip to the report");
    let body = all![
        skip,
        tag("header").holds(head),
        contents,
        tag("main").id("main").holds(main),
        tag("footer").holds(foot),
        tag("script").holds(Markup::literal(SCRIPT)),
    ];
    let html = tag("html").attr("lang", "en").holds(all![tag("head").holds(header), tag("body").holds(body)]);
    format!("<!DOCTYPE html>\n{}\n", html.into_string())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn hash(text: &str) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::from("sha256-");
        for three in Sha256::digest(text).chunks(3) {
            let bits =
                three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            (0..=three.len()).for_each(|i| out.push(DIGITS[(bits >> (18 - 6 * i) & 63) as usize].into()));
        }
        // A digest has 32 bytes: one digit is missing to whole fours.
        out + "="
    }

    #[test]
    fn the_policy_admits_the_style_and_the_script() {
        assert_eq!(STYLE_HASH, hash(STYLE), "put this into STYLE_HASH");
        assert_eq!(SCRIPT_HASH, hash(SCRIPT), "put this into SCRIPT_HASH");
    }

    #[test]
    fn style_and_script_fetch_nothing_and_end_nothing() {
        for ours in [STYLE, SCRIPT] {
            assert!(
                !["url(", "@import", "http", "</", "fetch(", "XMLHttp"].iter().any(|bad| ours.contains(bad))
            );
        }
    }
}
