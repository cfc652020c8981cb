//! A program with the points where it is tried, and the module that tries it.

use super::dice::Dice;
use super::generate;
use super::point::Point;
use super::shapes;
use super::tree::Program;
use super::ty::{Passing, Ty};

#[derive(Clone)]
pub struct Subject {
    pub program: Program,
    pub points: Vec<Point>,
}

/// What came of looking for points.
#[derive(Default)]
pub struct Tally {
    pub programs: usize,
    pub points: usize,
    pub smooth: usize,
    pub rejected_programs: usize,
    /// Those of which the result hardly depends on anything.
    pub dull_programs: usize,
    pub rejected_points: Vec<(&'static str, usize)>,
}

impl Tally {
    pub fn reject(&mut self, reason: &'static str) {
        match self.rejected_points.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => self.rejected_points.push((reason, 1)),
        }
    }
}

const POINTS: usize = 3;
const TRIES: usize = 8;

/// Whether fewer than half of the inputs have derivatives other than zero and one.
fn is_dull(points: &[Point]) -> bool {
    let rows = || points.iter().flat_map(|point| &point.known.jacobian);
    let inputs = points[0].inputs.len();
    let matters = |i: &usize| rows().any(|row| row[*i] != 0.0 && row[*i] != 1.0);
    (0..inputs).filter(matters).count() * 2 < inputs
}

impl Subject {
    /// The program of a seed, unless there is no point where it can be judged.
    pub fn new(seed: u64, tally: &mut Tally) -> Option<Self> {
        let program = generate::program(seed);
        let mut dice = Dice::new(seed ^ 0x5eed);
        let mut points = Vec::new();
        for _ in 0..TRIES {
            let mut point = Point::random(&program, &mut dice);
            match point.evaluate(&program) {
                Ok(()) => points.push(point),
                Err(reason) => tally.reject(reason),
            }
            if points.len() == POINTS {
                break;
            }
        }
        if points.is_empty() {
            tally.rejected_programs += 1;
            return None;
        }
        if is_dull(&points) {
            tally.dull_programs += 1;
            return None;
        }
        tally.programs += 1;
        tally.points += points.len();
        tally.smooth += points.iter().filter(|point| point.is_smooth).count();
        Some(Self { program, points })
    }

    /// The same points for another version of the program.
    pub fn with(&self, program: Program) -> Option<Self> {
        let mut points = self.points.clone();
        points.retain_mut(|point| point.evaluate(&program).is_ok());
        (!points.is_empty()).then_some(Self { program, points })
    }

    /// The last function with one parameter less, if nothing mentions it.
    pub fn without_parameter(&self, number: usize) -> Option<Self> {
        let main = self.program.main();
        let gone = &main.parameters[number];
        let others = || main.parameters.iter().enumerate().filter(|(i, _)| *i != number);
        let is_mentioned = main.body.any(&|tree| tree.vars.iter().any(|var| var.id == gone.var.id));
        if is_mentioned || !others().any(|(_, parameter)| parameter.is_active()) {
            return None;
        }
        let before = main.parameters[..number].iter().filter(|parameter| parameter.is_active() == gone.is_active());
        let count = |ty: &Ty| if gone.is_active() { ty.floats() } else { ty.numbers() };
        let start: usize = before.map(|parameter| count(&parameter.var.ty)).sum();
        let mut points = self.points.clone();
        for point in &mut points {
            let numbers = if gone.is_active() { &mut point.inputs } else { &mut point.passive };
            numbers.drain(start..start + count(&gone.var.ty));
        }
        let mut program = self.program.clone();
        program.functions.last_mut().expect("a program has a function").parameters.remove(number);
        Self { program: self.program.clone(), points }.with(program)
    }

    /// A program of its own, for reading and for trying it elsewhere.
    pub fn print_alone(&self) -> String {
        let (definitions, module) = (self.definitions(), self.print("#[backprop]", true));
        if definitions.is_empty() { module } else { format!("{definitions}\n{module}") }
    }

    /// The structs that it may mention, if it does.
    fn definitions(&self) -> &'static str {
        let text = self.program.print("");
        if shapes::names().any(|name| text.contains(name)) { shapes::DEFINITIONS } else { "" }
    }

    /// The module: the functions, each under `attribute`, and `check` if it is to be run.
    pub fn print(&self, attribute: &str, is_run: bool) -> String {
        let mut text = "use backprop::backprop;\n\n".to_owned();
        let functions = self.program.print(attribute);
        // A plain function knows no attributes of the macro's.
        text += &if attribute.is_empty() { functions.replace("#[constant] ", "") } else { functions };
        if is_run {
            text += &self.print_check();
        }
        text
    }

    fn print_check(&self) -> String {
        let main = self.program.main();
        let mut text = "\npub fn check(point: &Point, reference: Reference<'_>) {\n".to_owned();
        text += "    let mut inputs = point.inputs.iter();\n    let mut passive = point.passive.iter();\n";
        let mut arguments = Vec::new();
        for (i, parameter) in main.parameters.iter().enumerate() {
            text += &format!("    let mut a{i} = {};\n", parameter.var.ty.print_any());
            let is_active = parameter.is_active();
            text += &if is_active {
                format!("    backprop_tests::write(&mut a{i}, &mut inputs);\n")
            } else {
                format!("    backprop_tests::random::child::passive(&mut a{i}, &mut passive);\n")
            };
            let passed = match (parameter.var.passing, &parameter.var.ty) {
                (Passing::Own, _) => "",
                (Passing::Shared, _) => "&",
                (Passing::Exclusive, _) => "&mut ",
            };
            arguments.push(if is_active { format!("{passed}a{i}") } else { format!("const {passed}a{i}") });
            if !is_active && parameter.var.passing == Passing::Shared {
                *arguments.last_mut().expect("it was pushed") = format!("const &a{i}[..]");
            }
        }
        let result = match main.result {
            Ty::Unit => " -> ()",
            Ty::Float => "",
            _ => " -> _",
        };
        let (name, arguments) = (&main.name, arguments.join(", "));
        text += &format!("    backprop_tests::check!({name}({arguments}){result}, against reference);\n}}\n");
        text
    }
}
