//! Command transcripts: the README, the pages of `docs/` and `tests/cmd`, run as they are printed.

#[test]
fn every_printed_command_runs() {
    trycmd::TestCases::new().case("README.md").case("tests/cmd/*.md").run();
}
