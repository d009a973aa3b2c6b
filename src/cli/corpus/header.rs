//! The names of a table's columns: each has one, and no two the same.

/// Names that can be told apart.
pub struct Header {
    /// A name for each column.
    pub names: Vec<String>,
    /// What was changed, for people.
    pub repairs: Vec<String>,
}

/// Gives names to columns that have none, and other names to those that share one.
pub fn header(given: &[String]) -> Header {
    let mut names: Vec<String> = Vec::with_capacity(given.len());
    let (mut unnamed, mut renamed) = (Vec::new(), Vec::new());
    for (at, name) in given.iter().enumerate() {
        let wanted = if name.is_empty() { format!("column_{}", at + 1) } else { name.clone() };
        let taken = |name: &String| names.contains(name) || given[at + 1..].contains(name) && name != &wanted;
        let mut free = wanted.clone();
        let mut number = 2;
        while taken(&free) {
            free = format!("{wanted}_{number}");
            number += 1;
        }
        if name.is_empty() {
            unnamed.push(format!("`{free}`"));
        } else if free != *name {
            renamed.push(format!("`{free}`"));
        }
        names.push(free);
    }
    let mut repairs = Vec::new();
    if !unnamed.is_empty() {
        repairs.push(format!("columns without a name are called {}", few(&unnamed)));
    }
    if !renamed.is_empty() {
        repairs.push(format!("columns whose name came before are called {}", few(&renamed)));
    }
    Header { names, repairs }
}

fn few(names: &[String]) -> String {
    let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 5 { format!("{shown} and so on") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let given = ["id", "", "text", "text", "text_2", ""].map(str::to_owned);
        let header = header(&given);
        assert_eq!(header.names, ["id", "column_2", "text", "text_3", "text_2", "column_6"]);
        assert_eq!(
            header.repairs,
            [
                "columns without a name are called `column_2`, `column_6`",
                "columns whose name came before are called `text_3`"
            ]
        );
    }
}
