//! Makes random programs, holds their gradients to two references, and prints what fails, shrunk.
//!
//!     cargo run --release -p backprop-tests --bin random_programs -- --count 10000 --seed 1 --batch 200

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use backprop_tests::random::{Batch, Failure, Subject, Tally, shrink};

struct Options {
    seed: u64,
    count: usize,
    batch: usize,
    /// How many failures of one kind and message are shrunk; the others are counted.
    shrink: usize,
    /// The crate's folder, so that two runs do not meet.
    name: String,
    /// A folder for the shrunk programs, a file for each.
    keep: Option<PathBuf>,
    /// Prints the program of the seed and no more.
    print: bool,
}

impl Options {
    fn read() -> Result<Self, String> {
        let mut options =
            Self { seed: 1, count: 1000, batch: 200, shrink: 1, name: "programs".to_owned(), keep: None, print: false };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            let number = |text: String| text.parse::<usize>().map_err(|_| format!("{text} is no number"));
            match word.as_str() {
                "--seed" => options.seed = number(value()?)? as u64,
                "--count" => options.count = number(value()?)?,
                "--batch" => options.batch = number(value()?)?,
                "--shrink" => options.shrink = number(value()?)?,
                "--name" => options.name = value()?,
                "--keep" => options.keep = Some(PathBuf::from(value()?)),
                "--print" => options.print = true,
                _ => {
                    return Err(format!(
                        "{word} is unknown: --seed, --count, --batch, --shrink, --name, --keep, --print"
                    ));
                }
            }
        }
        Ok(options)
    }
}

fn main() -> ExitCode {
    let options = match Options::read() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let mut tally = Tally::default();
    if options.print {
        if let Some(subject) = Subject::new(options.seed, &mut tally) {
            println!("{}", subject.print_alone());
        }
        return ExitCode::SUCCESS;
    }

    let start = Instant::now();
    let batch = Batch::new(&options.name);
    let mut seed = options.seed;
    let mut failed: Vec<(Failure, usize)> = Vec::new();
    while tally.programs < options.count {
        let size = options.batch.min(options.count - tally.programs);
        let mut subjects = Vec::new();
        let mut seeds = Vec::new();
        while subjects.len() < size {
            if let Some(subject) = Subject::new(seed, &mut tally) {
                subjects.push(subject);
                seeds.push(seed);
            }
            seed += 1;
        }
        for (i, verdict) in batch.judge(&subjects).into_iter().enumerate() {
            let Some(failure) = verdict else { continue };
            let known = failed.iter().position(|(other, _)| failure.is_like(other));
            let at = known.unwrap_or(failed.len());
            if known.is_none() {
                failed.push((failure.clone(), 0));
            }
            failed[at].1 += 1;
            println!("\n{:?} (seed {}): {}", failure.kind, seeds[i], failure.message);
            if failed[at].1 <= options.shrink {
                let (subject, failure) = shrink(&batch, &subjects[i], &failure);
                println!("shrunk: {}\n{}", failure.message, subject.print_alone());
                println!("at {:?}", subject.points);
                if let Some(folder) = &options.keep {
                    keep(folder, seeds[i], &subject, &failure);
                }
            }
        }
        let count: usize = failed.iter().map(|(_, count)| count).sum();
        println!("{} programs, {:.0} s, {count} failed", tally.programs, start.elapsed().as_secs_f64());
    }
    println!(
        "{} programs at {} points, {} of them smooth enough for central differences as well, {} times in vain; \
         {} programs rejected, {} too dull; points rejected: {:?}",
        tally.programs,
        tally.points,
        tally.smooth,
        batch.undecided(),
        tally.rejected_programs,
        tally.dull_programs,
        tally.rejected_points
    );
    failed.sort_by_key(|(failure, _)| failure.kind);
    for (failure, count) in &failed {
        println!("{count} × {:?}: {}", failure.kind, failure.message);
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The shrunk program, with what is wrong with it in its first lines.
fn keep(folder: &Path, seed: u64, subject: &Subject, failure: &Failure) {
    let inputs: Vec<String> =
        subject.points.iter().map(|point| format!("// at {:?}, {:?}\n", point.inputs, point.passive)).collect();
    let text = format!("// {:?}: {}\n{}\n{}", failure.kind, failure.message, inputs.concat(), subject.print_alone());
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(folder.join(format!("{seed}.rs")), text).expect("the program can be written");
}
