//! The page around a report: one file that asks nothing of any network.

use super::markup::{Markup, all, tag};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Hashes of the two, for the page's security policy; a test says them anew when they are wrong.
const STYLE_HASH: &str = "sha256-jKDfCfxQgfFtBQqGQCflb7eto2AJ0SFkgPlFC94cbJk=";
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
