//! Holds `docs/subset.md` to the tests that it names, and the tests to the page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the top of the repository.
fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The page: its rows, and the links that it ends with, as names and paths.
struct Subset {
    rows: String,
    links: Vec<(String, String)>,
}

impl Subset {
    fn read() -> Self {
        let page = fs::read_to_string(path("docs/subset.md")).expect("the page is there");
        let link = |line: &str| {
            let (name, path) = line.strip_prefix('[')?.split_once("]: ../")?;
            Some((name.to_owned(), path.to_owned()))
        };
        let (links, rows): (Vec<&str>, Vec<&str>) = page.lines().partition(|line| link(line).is_some());
        Self { rows: rows.join("\n"), links: links.into_iter().filter_map(link).collect() }
    }

    /// Those tests of a folder that no row speaks of.
    fn unnamed(&self, folder: &str, but: &[&str]) -> Vec<String> {
        let named = |test: &String| {
            let file = format!("{folder}/{test}.rs");
            let is_linked = self.links.iter().any(|(name, path)| name == test && *path == file);
            is_linked && self.rows.contains(&format!("[{test}]"))
        };
        files(folder).into_iter().filter(|test| !but.contains(&test.as_str()) && !named(test)).collect()
    }
}

/// The Rust files of a folder, without their extension.
fn files(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(path(folder)).expect("the folder is there");
    let files = entries.map(|entry| entry.expect("an entry can be read").path());
    let rust = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|file| file.file_stem().expect("a file has a name").to_string_lossy().into_owned()).collect()
}

#[test]
fn every_test_that_the_page_names_exists() {
    let subset = Subset::read();
    assert!(!subset.links.is_empty());
    for (_, file) in &subset.links {
        assert!(path(file).exists(), "docs/subset.md names {file}, which does not exist");
    }
}

#[test]
fn every_construct_has_a_row() {
    let missing = Subset::read().unnamed("tests/tests/gradients", &["main"]);
    assert!(missing.is_empty(), "no row of docs/subset.md names these tests of gradients: {missing:?}");
}

#[test]
fn every_refusal_has_a_row() {
    let subset = Subset::read();
    let folders = fs::read_dir(path("tests/tests/ui")).expect("the folder is there");
    let folders = folders.map(|folder| folder.expect("an entry can be read").file_name());
    let missing: Vec<String> = folders
        .flat_map(|folder| subset.unnamed(&format!("tests/tests/ui/{}", folder.to_string_lossy()), &[]))
        .collect();
    assert!(missing.is_empty(), "no row of docs/subset.md names these refusals: {missing:?}");
}

#[test]
fn every_construct_has_a_snapshot() {
    let snapshots = files("derive/src/tests");
    // Programs mix constructs.
    let shown = |test: &String| {
        test == "main" || test.starts_with("programs") || test.starts_with("reduced") || snapshots.contains(test)
    };
    let missing: Vec<_> = files("tests/tests/gradients").into_iter().filter(|test| !shown(test)).collect();
    assert!(missing.is_empty(), "no snapshot in derive/src/tests shows these constructs: {missing:?}");
}
