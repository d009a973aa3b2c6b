//! Rules to TOML, as an analyst would write them.

use crate::core::pack::Rule;

/// A rule as a `[[rule]]` table; of its patterns, the phrases.
pub fn to_toml(rule: &Rule) -> String {
    let phrases = rule.phrases.iter().map(|phrase| phrase.text.as_str());
    let texts = |texts: &[String]| list(texts.iter().map(String::as_str));
    let rows = [
        ("id", quoted(&rule.id)),
        ("leans", quoted(rule.leans.name())),
        ("weight", format!("{:?}", rule.weight)),
        ("because", quoted(&rule.because)),
        ("phrases", list(phrases)),
        ("fires", texts(&rule.fires)),
        ("silent", texts(&rule.silent)),
    ];
    let rows = rows.iter().filter(|(_, value)| value != "[]");
    let lines: String = rows.map(|(key, value)| format!("{key:<7} = {value}\n")).collect();
    format!("[[rule]]\n{lines}")
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn any_text_survives() {
        for text in ["", "plain", "a \"quoted\" back\\slash", "line\nbreak\ttab\r\u{7f}\u{85}", "naïve – ‘x’"]
        {
            let toml = format!("a = {}", quoted(text));
            let table = toml::de::DeTable::parse(&toml).expect("TOML");
            let value = table.get_ref().get("a").and_then(|value| value.get_ref().as_str());
            assert_eq!(value, Some(text));
        }
    }
}
