//! Programs in, verdicts out: writes a crate of them, compiles it and runs it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::shapes;
use super::subject::Subject;

/// What is wrong with a program, most severe first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// Not what the machine says.
    Gradient,
    /// The forward sweep gives another value than the function.
    Value,
    /// Generated code panics, or does not end.
    Panic,
    /// Generated code does not compile, or the macro refuses.
    Compiler,
    /// Central differences alone are against it.
    Differences,
    /// The machine and the function give different values: a mistake of this generator.
    Machine,
    /// The plain function does not compile: a mistake of this generator as well.
    Generator,
}

#[derive(Clone, Debug)]
pub struct Failure {
    pub kind: Kind,
    pub message: String,
}

impl Failure {
    /// Whether a reduced program fails for the same reason.
    pub fn is_like(&self, other: &Self) -> bool {
        let same_words = |a: &str, b: &str| signature(a) == signature(b);
        let by_words = matches!(self.kind, Kind::Compiler | Kind::Generator);
        self.kind == other.kind && (!by_words || same_words(&self.message, &other.message))
    }
}

/// A message without the names and numbers that it is about.
fn signature(message: &str) -> String {
    let prose = message.split('`').step_by(2).collect::<String>();
    prose.chars().filter(|character| !character.is_ascii_digit()).collect()
}

pub struct Batch {
    folder: PathBuf,
    target: PathBuf,
    binary: String,
    /// Tells the batches of this run and of earlier ones apart, so that no stale program is taken for a new one.
    stamp: Cell<u128>,
    /// At how many points central differences could not tell, of all that were run.
    undecided: Cell<usize>,
}

const STAMP: &str = "RANDOM_PROGRAMS_STAMP";

const ATTRIBUTE: &str = "#[backprop]";

const LONGEST: Duration = Duration::from_secs(120);

impl Batch {
    /// In the target directory of this build, in a crate of that name.
    pub fn new(name: &str) -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository.join("target"), PathBuf::from);
        let folder = target.join("random").join(name);
        fs::create_dir_all(folder.join("src")).expect("the target directory can be written");
        let lock = fs::read_to_string(repository.join("Cargo.lock")).expect("the workspace has a lock file");
        fs::write(folder.join("Cargo.lock"), lock).expect("the lock file can be copied");
        let manifest = manifest(name, &repository.canonicalize().expect("the repository is there"));
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        Self { folder, target, binary: format!("random-{name}"), stamp: stamp(), undecided: Cell::new(0) }
    }

    /// At how many points, so far, central differences could not tell.
    pub fn undecided(&self) -> usize {
        self.undecided.get()
    }

    /// Of each program what is wrong with it.
    pub fn judge(&self, subjects: &[Subject]) -> Vec<Option<Failure>> {
        let mut failures = vec![None; subjects.len()];
        let errors = self.build(subjects, ATTRIBUTE, true, "build");
        self.tell_apart(subjects, &errors, &mut failures);
        if errors.len() < subjects.len() {
            self.run(subjects, &mut failures);
        }
        failures
    }

    /// Of each program what the compiler has against it.
    pub fn judge_by_compiler(&self, subjects: &[Subject]) -> Vec<Option<Failure>> {
        let mut failures = vec![None; subjects.len()];
        let errors = self.build(subjects, ATTRIBUTE, true, "check");
        self.tell_apart(subjects, &errors, &mut failures);
        failures
    }

    /// Whether it is the macro that the compiler's errors are about.
    fn tell_apart(&self, subjects: &[Subject], errors: &BTreeMap<usize, String>, failures: &mut [Option<Failure>]) {
        let fallen: Vec<usize> = errors.keys().copied().collect();
        let plain: Vec<Subject> = fallen.iter().map(|i| subjects[*i].clone()).collect();
        let plain_errors = if plain.is_empty() { BTreeMap::new() } else { self.compiles(&plain) };
        for (at, i) in fallen.iter().enumerate() {
            failures[*i] = Some(match plain_errors.get(&at) {
                Some(message) => Failure { kind: Kind::Generator, message: message.clone() },
                None => Failure { kind: Kind::Compiler, message: errors[i].clone() },
            });
        }
    }

    fn compiles(&self, subjects: &[Subject]) -> BTreeMap<usize, String> {
        let folder = self.folder.with_extension("plain");
        let plain = Self {
            folder,
            target: self.target.clone(),
            binary: String::new(),
            stamp: stamp(),
            undecided: Cell::new(0),
        };
        fs::create_dir_all(plain.folder.join("src")).expect("the target directory can be written");
        for file in ["Cargo.toml", "Cargo.lock"] {
            fs::copy(self.folder.join(file), plain.folder.join(file)).expect("it can be copied");
        }
        plain.build(subjects, "", false, "check")
    }

    /// Compiles, leaves out what does not compile, and so on until the rest does. Gives the errors.
    fn build(&self, subjects: &[Subject], attribute: &str, is_run: bool, command: &str) -> BTreeMap<usize, String> {
        fs::write(self.folder.join("src/shapes.rs"), shapes::DEFINITIONS).expect("a module can be written");
        for (i, subject) in subjects.iter().enumerate() {
            let uses = if is_run { "use backprop_tests::Reference;\nuse backprop_tests::random::Point;\n" } else { "" };
            let module = format!("{uses}use crate::shapes::*;\n{}", subject.print(attribute, is_run));
            fs::write(self.folder.join(format!("src/p{i}.rs")), module).expect("a module can be written");
        }
        let mut errors = BTreeMap::new();
        loop {
            self.stamp.set(self.stamp.get() + 1);
            self.write_main(subjects.len(), &errors, is_run);
            let found = self.cargo(command);
            if found.is_empty() {
                return errors;
            }
            errors.extend(found);
        }
    }

    fn write_main(&self, count: usize, errors: &BTreeMap<usize, String>, is_run: bool) {
        let mut main = format!(
            "#![allow(warnings)]\n\n// The stamp of the batch.\nconst _: Option<&str> = option_env!({STAMP:?});\n\nmod shapes;\n"
        );
        let mut checks = Vec::new();
        for i in 0..count {
            if errors.contains_key(&i) {
                checks.push("None".to_owned());
            } else {
                main += &format!("mod p{i};\n");
                checks.push(format!("Some(p{i}::check)"));
            }
        }
        let list = checks.join(", ");
        main += "\nfn main() {\n";
        if is_run {
            main += &format!("    backprop_tests::random::child::run({}, &[{list}]);\n", self.stamp.get());
        }
        main += "}\n";
        fs::write(self.folder.join("src/main.rs"), main).expect("the main module can be written");
    }

    /// The first error of each module that has any.
    fn cargo(&self, command: &str) -> BTreeMap<usize, String> {
        let output = Command::new(env!("CARGO"))
            .args([command, "--offline", "--quiet", "--message-format=short", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", &self.target)
            // Cargo compares times of files, which may be equal; that another variable is there it cannot miss.
            .env(STAMP, self.stamp.get().to_string())
            .output()
            .expect("cargo can be run");
        if output.status.success() {
            return BTreeMap::new();
        }
        let text = String::from_utf8_lossy(&output.stderr);
        let mut errors = BTreeMap::new();
        for line in text.lines() {
            if let Some((program, message)) = error(line) {
                errors.entry(program).or_insert_with(|| message.to_owned());
            }
        }
        assert!(!errors.is_empty(), "the generated crate does not compile\n{text}");
        errors
    }

    fn run(&self, subjects: &[Subject], failures: &mut [Option<Failure>]) {
        let mut lines = Vec::new();
        for (i, subject) in subjects.iter().enumerate() {
            lines.extend(subject.points.iter().map(|point| point.write(i)));
        }
        let points = self.folder.join("points");
        fs::write(&points, lines.join("\n")).expect("the points can be written");
        let out = self.folder.join("outcome");
        let mut child = Command::new(self.target.join("debug").join(&self.binary))
            .arg(&points)
            .stdout(File::create(&out).expect("the outcome can be written"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the programs can be run");
        let start = Instant::now();
        let has_ended = loop {
            if child.try_wait().expect("it can be waited for").is_some() {
                break true;
            }
            if start.elapsed() > LONGEST {
                break false;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        if !has_ended {
            child.kill().and_then(|()| child.wait()).expect("it can be ended");
        }
        let outcome = fs::read_to_string(&out).expect("the outcome was written");
        let stamp = format!("batch {}", self.stamp.get());
        assert_eq!(outcome.lines().next(), Some(stamp.as_str()), "another batch has run in the place of this one");
        for line in outcome.lines() {
            if is_undecided(line) {
                self.undecided.set(self.undecided.get() + 1);
            } else {
                record(line, failures);
            }
        }
        let last = outcome.lines().last().unwrap_or_default();
        if let Some((program, _)) = last.strip_prefix("begin ").and_then(|rest| rest.split_once(' ')) {
            let program: usize = program.parse().expect("a number");
            let message = if has_ended { "it aborts" } else { "it does not end" }.to_owned();
            failures[program] = Some(Failure { kind: Kind::Panic, message });
        }
    }
}

fn stamp() -> Cell<u128> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Cell::new(since.expect("it is after 1970").as_nanos())
}

fn manifest(name: &str, repository: &Path) -> String {
    let repository = repository.display();
    format!(
        "[package]\nname = \"random-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nbackprop = {{ path = \"{repository}/runtime\" }}\n\
         backprop-tests = {{ path = \"{repository}/tests\" }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n\n[workspace]\n"
    )
}

/// `src/p12.rs:3:4: error: …`
fn error(line: &str) -> Option<(usize, &str)> {
    let (place, message) = line.split_once(": error")?;
    let (_, place) = place.rsplit_once("src/p").or_else(|| place.rsplit_once("src\\p"))?;
    let (number, _) = place.split_once(".rs")?;
    Some((number.parse().ok()?, message))
}

/// Whether all that is wrong is that central differences are no reference.
fn is_undecided(line: &str) -> bool {
    let is_by_differences = line.starts_with("wrong") && line.contains(" differences ");
    let tells = line.contains("DIFFERS") || !(line.contains("UNDECIDED") || line.contains("are no reference"));
    is_by_differences && !tells
}

/// A line of the outcome; the most severe failure of a program stays.
fn record(line: &str, failures: &mut [Option<Failure>]) {
    let Some(rest) = line.strip_prefix("wrong ") else { return };
    let mut words = rest.splitn(3, ' ');
    let program: usize = words.next().and_then(|word| word.parse().ok()).expect("a number");
    let is_by_machine = words.next() == Some("machine");
    let message = words.next().unwrap_or_default().to_owned();
    let kind = match &message {
        text if !text.contains("component ")
            && !text.contains("the value")
            && !text.contains("the runtime's check") =>
        {
            Kind::Panic
        }
        _ if !is_by_machine => Kind::Differences,
        text if text.contains("::") && text.contains(": the value") => Kind::Value,
        text if text.contains(": the value") => Kind::Machine,
        _ => Kind::Gradient,
    };
    if failures[program].as_ref().is_none_or(|failure| kind < failure.kind) {
        failures[program] = Some(Failure { kind, message });
    }
}
