//! Measures cases and prints a table.

use std::env;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use backprop_tests::{Components, assert_close, read};

/// Turns of each variant; odd, so that there is a median.
const TURNS: usize = 101;

/// What a batch is made to take, so that the clock's own cost is lost in it.
const BATCH: Duration = Duration::from_micros(300);

/// Runs something that many times.
type Batch = Box<dyn FnMut(u32)>;

/// A function and its two gradients.
pub struct Case {
    name: &'static str,
    primal: Batch,
    by_hand: Batch,
    by_macro: Batch,
}

impl Case {
    /// Each of the three takes the same `input`, gradient buffers among it, which no optimisation sees through.
    pub fn new<T, R, G>(
        name: &'static str,
        input: T,
        primal: impl FnMut(&mut T) -> R + 'static,
        by_hand: impl FnMut(&mut T) -> G + 'static,
        by_macro: impl FnMut(&mut T) -> G + 'static,
    ) -> Self
    where
        T: Components + Clone + 'static,
        G: Components,
    {
        let (mut by_hand, mut by_macro) = (by_hand, by_macro);
        let (expected, found) = (left(&input, &mut by_hand), left(&input, &mut by_macro));
        assert_close(name, &found, &expected, 1e-10);
        Self {
            name,
            primal: batch(input.clone(), primal),
            by_hand: batch(input.clone(), by_hand),
            by_macro: batch(input, by_macro),
        }
    }

    fn variants(&mut self) -> [&mut Batch; 3] {
        [&mut self.primal, &mut self.by_hand, &mut self.by_macro]
    }
}

/// What a run returns and what it leaves in its input.
fn left<T: Components + Clone, G: Components>(input: &T, run: &mut impl FnMut(&mut T) -> G) -> Vec<f64> {
    let mut input = input.clone();
    let mut components = Vec::new();
    read(&run(&mut input), &mut components);
    read(&input, &mut components);
    components
}

fn batch<T: 'static, R>(mut input: T, mut run: impl FnMut(&mut T) -> R + 'static) -> Batch {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(run(black_box(&mut input)));
        }
    })
}

/// Does what the command line says.
pub fn run(mut cases: Vec<Case>) {
    // Cargo adds `--bench`.
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [command, name, variant, times] = &args[..]
        && command == "--repeat"
    {
        return repeat(&mut cases, name, variant.parse().unwrap(), times.parse().unwrap());
    }
    let instructions = args.iter().any(|arg| arg == "--instructions");
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    cases.retain(|case| wanted.is_empty() || wanted.iter().any(|wanted| case.name.contains(wanted.as_str())));
    let what = if instructions { "instructions" } else { "times" };
    println!("{what:32}   macro/hand macro/primal  hand/primal   allocations: macro, hand, primal");
    for case in &mut cases {
        let [of_hand, of_primal, by_hand] = if instructions { counted(case.name) } else { timed(case) };
        let [primal, hand, ours] = case.variants().map(allocations);
        println!("{:32} {of_hand:12.2} {of_primal:12.2} {by_hand:12.2}   {ours}, {hand}, {primal}", case.name);
    }
}

fn repeat(cases: &mut [Case], name: &str, variant: usize, times: u32) {
    let case = cases.iter_mut().find(|case| case.name == name).expect("a case of this name");
    case.variants()[variant](times);
}

fn allocations(batch: &mut Batch) -> u64 {
    allocation_counter::measure(|| batch(1)).count_total
}

/// Macro by hand, macro by primal, hand by primal.
fn timed(case: &mut Case) -> [f64; 3] {
    let mut variants = case.variants();
    let times = variants.each_mut().map(|batch| calibrate(batch));
    let mut turns = Vec::with_capacity(TURNS);
    for turn in 0..TURNS {
        let mut seconds = [0.0; 3];
        // Another one is the first in each turn.
        for at in (0..3).map(|at| (at + turn) % 3) {
            let start = Instant::now();
            variants[at](times[at]);
            seconds[at] = start.elapsed().as_secs_f64() / f64::from(times[at]);
        }
        turns.push(seconds);
    }
    ratios(|a, b| median(turns.iter().map(|seconds| seconds[a] / seconds[b]).collect()))
}

fn ratios(ratio: impl Fn(usize, usize) -> f64) -> [f64; 3] {
    [ratio(2, 1), ratio(2, 0), ratio(1, 0)]
}

fn calibrate(batch: &mut Batch) -> u32 {
    let mut times = 1;
    loop {
        let start = Instant::now();
        batch(times);
        if start.elapsed() >= BATCH {
            return times;
        }
        times *= 2;
    }
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// Runs this program under valgrind: what one batch needs more than another is what its runs need.
fn counted(name: &str) -> [f64; 3] {
    const TIMES: [u32; 2] = [10, 1010];
    let counts = [0, 1, 2].map(|variant| {
        let [few, many] = TIMES.map(|times| instructions(name, variant, times));
        (many - few) as f64
    });
    ratios(|a, b| counts[a] / counts[b])
}

fn instructions(name: &str, variant: usize, times: u32) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().expect("this program has a path"))
        .args(["--repeat", name, &variant.to_string(), &times.to_string()])
        .output()
        .expect("counting instructions takes valgrind");
    let report = String::from_utf8_lossy(&output.stderr);
    let line = report.lines().find(|line| line.contains("Collected :")).expect("valgrind's sum");
    line.split_whitespace().last().unwrap().parse().unwrap()
}
